import { useState } from 'react';
import { IconButton } from '../../parts/button.tsx';
import { useStore } from '../../parts/store.ts';
import { AskForEver, MoveMenu, toggleFlag } from '../../mail/list/list-head.tsx';
import { deleteForEver, flagMails, moveMails } from '../../mail/mail-actions.ts';
import { findRow } from '../../mail/cache/mail-cache.ts';
import { selectionStore } from '../../mail/selection/selection.ts';
import { useCommands } from '../../shell/commands.ts';
import { hintKeys } from '../../shell/key-names.ts';
import { changeMailRoute, closeOpen } from '../../shell/route.ts';
import { useLayout } from '../../shell/width.ts';
import { laterTexts } from '../../text/later.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { askRemindStore } from '../../reminder/reminders.ts';
import { askSnoozeStore } from '../../snooze/snoozes.ts';
import { answerMail } from './answer-mail.ts';
import { MoreMenu } from './more-menu.tsx';

/** What can be done with the open mail; in a narrow window what is rarer stands in a menu. */
export function ReaderBar({
  id,
  thread,
  box,
  unread,
  flagged,
}: {
  id: string;
  /** Null until it is known. */
  thread: string | null;
  box: string | null;
  unread: boolean;
  flagged: boolean;
}) {
  const t = useText(mailTexts);
  const later = useText(laterTexts);
  const layout = useLayout();
  const { ticked } = useStore(selectionStore);
  const [asking, setAsking] = useState(false);
  const forEver = box === 'trash' || box === 'junk';
  const leave = (work: () => Promise<void>): void => {
    openNeighbour(id);
    void work();
  };
  const remove = (): void => {
    if (forEver) setAsking(true);
    else leave(() => moveMails([id], 'trash', 'deleted'));
  };
  const archive = (): void => leave(() => moveMails([id], 'archive', 'archived'));
  const junk = (): void =>
    leave(() => (box === 'junk' ? moveMails([id], 'inbox', 'moved') : moveMails([id], 'junk', 'junked')));
  const askSnooze = (): void => askSnoozeStore.set({ ids: [id], leave: () => openNeighbour(id) });
  // Ticked mails come first: the list's own bar takes these keys then.
  useCommands(
    ticked.size > 0
      ? {}
      : {
          archive,
          delete: remove,
          junk,
          flag: () => toggleFlag([id]),
          'mark-read': () => void flagMails([id], ['seen']),
          'mark-unread': () => void flagMails([id], [], ['seen']),
          reply: () => void answerMail(id, 'reply'),
          'reply-all': () => void answerMail(id, 'reply-all'),
          forward: () => void answerMail(id, 'forward'),
          snooze: askSnooze,
          remind: () => askRemindStore.set(id),
          back: closeOpen,
        },
  );
  const narrow = layout === 'one';
  const replyAll = {
    icon: 'reply-all',
    label: t('reply-all'),
    keys: hintKeys('reply-all'),
    run: () => void answerMail(id, 'reply-all'),
  } as const;
  const junking = {
    icon: 'junk',
    label: box === 'junk' ? t('not-junk') : t('junk'),
    keys: hintKeys('junk'),
    run: junk,
  } as const;
  const flagging = {
    icon: 'flag',
    label: t('flag'),
    keys: hintKeys('flag'),
    run: () => toggleFlag([id]),
  } as const;
  const reading = {
    icon: unread ? 'read' : 'unread',
    label: unread ? t('mark-read') : t('mark-unread'),
    keys: hintKeys(unread ? 'mark-read' : 'mark-unread'),
    run: () => void flagMails([id], unread ? ['seen'] : [], unread ? [] : ['seen']),
  } as const;
  const reminding = {
    icon: 'bell',
    label: t('remind'),
    keys: hintKeys('remind'),
    run: () => askRemindStore.set(id),
  } as const;
  const snoozing = {
    icon: 'snooze',
    label: later('snooze'),
    keys: hintKeys('snooze'),
    run: askSnooze,
  } as const;
  const snoozable = box === null || box === 'inbox' || box === 'archive';
  const marking = [flagging, reading, ...(snoozable ? [snoozing] : []), reminding];
  // What has no room stands in the menu: beside a list in a window of middle width, and alone in a narrow one.
  const rare =
    layout === 'three'
      ? []
      : [...(narrow ? [replyAll, ...(box === 'sent' ? [] : [junking])] : []), ...marking];
  return (
    <div className="reader-bar" role="toolbar" aria-label={t('mail-actions')}>
      {narrow ? (
        <IconButton icon="back" label={t('back')} keys={hintKeys('back')} onClick={closeOpen} />
      ) : null}
      <IconButton
        icon="reply"
        label={t('reply')}
        keys={hintKeys('reply')}
        onClick={() => void answerMail(id, 'reply')}
      />
      {narrow ? null : <ActionButton {...replyAll} />}
      <IconButton
        icon="forward"
        label={t('forward')}
        keys={hintKeys('forward')}
        onClick={() => void answerMail(id, 'forward')}
      />
      <span className={narrow ? 'top-bar-space' : 'bar-gap'} />
      {box === 'archive' ? null : (
        <IconButton icon="archive" label={t('archive')} keys={hintKeys('archive')} onClick={archive} />
      )}
      <IconButton
        icon="trash"
        label={forEver ? t('delete-for-ever') : t('delete')}
        keys={hintKeys('delete')}
        onClick={remove}
      />
      {narrow || box === 'sent' ? null : <ActionButton {...junking} />}
      <MoveMenu ids={[id]} />
      {layout === 'three' ? (
        <>
          <span className="bar-gap" />
          {marking.map((one) => (
            <ActionButton key={one.icon} {...one} {...(one === flagging ? { pressed: flagged } : {})} />
          ))}
        </>
      ) : null}
      <MoreMenu
        id={id}
        thread={thread}
        before={rare.map(({ icon, label, keys, run }) => ({
          key: icon,
          icon,
          label,
          hint: keys,
          run,
        }))}
      />
      {narrow ? null : (
        <>
          <span className="top-bar-space" />
          <IconButton icon="close" label={t('close-mail')} keys={hintKeys('back')} onClick={closeOpen} />
        </>
      )}
      {asking ? (
        <AskForEver
          count={1}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            leave(() => deleteForEver([id]));
          }}
        />
      ) : null}
    </div>
  );
}

function ActionButton({
  run,
  ...rest
}: {
  icon: 'reply-all' | 'junk' | 'flag' | 'read' | 'unread' | 'bell' | 'snooze';
  label: string;
  keys: string | undefined;
  pressed?: boolean;
  run: () => void;
}) {
  return <IconButton {...rest} onClick={run} />;
}

/** Before a mail leaves the list, the one after it is opened; in a one-pane window, the list. */
function openNeighbour(id: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=message-row]')];
  const at = rows.findIndex((row) => row.dataset['id'] === id);
  const next = at === -1 ? undefined : (rows[at + 1] ?? rows[at - 1])?.dataset['id'];
  const row = next === undefined ? null : findRow(next);
  changeMailRoute({ mail: row === null || row.role === 'drafts' ? null : row.id, draft: null }, 'replace');
}
