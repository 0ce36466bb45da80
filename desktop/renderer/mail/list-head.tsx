import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button, IconButton } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Menu } from '../parts/menu.tsx';
import { useStore } from '../parts/store.ts';
import { useCommands } from '../shell/commands.ts';
import { shellTexts } from '../text/shell.ts';
import { mailTexts } from '../text/mail.ts';
import { useText } from '../text/text.ts';
import { mailboxesQuery, findRow } from './mail-cache.ts';
import { deleteForEver, flagMails, moveMails } from './mail-actions.ts';
import { clearTicks, selectionStore } from './selection.ts';

/** Boxes out of which deleting is for ever. */
export const LAST_STOPS: ReadonlySet<string | null> = new Set(['trash', 'junk', 'drafts']);

/** The name of the open mailbox with its counts; with ticked mails, what can be done with them. */
export function ListHead({
  title,
  total,
  unread,
  box,
}: {
  title: string;
  /** Null when it is not known. */
  total: number | null;
  unread: number;
  box: string;
}) {
  const t = useText(mailTexts);
  const { ticked } = useStore(selectionStore);
  if (ticked.size > 0) return <SelectionBar ids={[...ticked]} box={box} />;
  return (
    <header className="list-head">
      <h1>{title}</h1>
      <p>
        {unread > 0 ? `${t('unread-count', { n: unread })} · ` : ''}
        {total === null ? '' : t('mail-count', { n: total })}
      </p>
    </header>
  );
}

function SelectionBar({ ids, box }: { ids: string[]; box: string }) {
  const t = useText(mailTexts);
  const [asking, setAsking] = useState(false);
  const remove = (): void => {
    if (LAST_STOPS.has(box)) setAsking(true);
    else void moveMails(ids, 'trash', 'deleted');
  };
  useCommands({
    archive: () => void moveMails(ids, 'archive', 'archived'),
    delete: remove,
    junk: () => void moveMails(ids, 'junk', 'junked'),
    flag: () => toggleFlag(ids),
    'mark-read': () => void flagMails(ids, ['seen']),
    'mark-unread': () => void flagMails(ids, [], ['seen']),
    back: clearTicks,
  });
  return (
    <header className="list-head selection-bar" role="toolbar" aria-label={t('selection')}>
      <IconButton icon="close" label={t('clear-selection')} keys="Esc" onClick={clearTicks} />
      <p aria-live="polite">{t('selected', { n: ids.length })}</p>
      <span className="top-bar-space" />
      {box === 'drafts' ? null : (
        <>
          <IconButton
            icon="archive"
            label={t('archive')}
            keys="e"
            onClick={() => void moveMails(ids, 'archive', 'archived')}
          />
          <IconButton
            icon="read"
            label={t('mark-read')}
            keys="Shift+I"
            onClick={() => void flagMails(ids, ['seen'])}
          />
          <IconButton icon="flag" label={t('flag')} keys="s" onClick={() => toggleFlag(ids)} />
          <MoveMenu ids={ids} />
        </>
      )}
      <IconButton icon="trash" label={t('delete')} keys="#" onClick={remove} />
      {asking ? (
        <AskForEver
          count={ids.length}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            void deleteForEver(ids);
          }}
        />
      ) : null}
    </header>
  );
}

/** Flags all, or takes the flag from all when all have it. */
export function toggleFlag(ids: readonly string[]): void {
  const all = ids.every((id) => findRow(id)?.flags.includes('flagged') === true);
  void flagMails(ids, all ? [] : ['flagged'], all ? ['flagged'] : []);
}

/** Where to move mails: every mailbox but Drafts and Sent, which are filled by sending only. */
export function MoveMenu({ ids }: { ids: readonly string[] }) {
  const t = useText(mailTexts);
  const { data } = useQuery(mailboxesQuery);
  const open = useRef<(() => void) | null>(null);
  useCommands({ move: () => open.current?.() });
  const targets = (data ?? []).filter(({ role }) => role !== 'drafts' && role !== 'sent');
  return (
    <Menu
      label={t('move')}
      className="icon-button"
      openRef={open}
      button={<Icon name="move" />}
      items={targets.map((mailbox) => ({
        key: mailbox.id,
        label: mailbox.role === null ? mailbox.path : t(`role-${mailbox.role}`),
        icon: mailbox.role ?? 'folder',
        run: () => void moveMails(ids, mailbox.id),
      }))}
    />
  );
}

export function AskForEver({ count, onYes, onNo }: { count: number; onYes: () => void; onNo: () => void }) {
  const t = useText(mailTexts);
  const shell = useText(shellTexts);
  return (
    <Dialog title={t('for-ever-title')} closeLabel={shell('close')} onClose={onNo}>
      <div className="dialog-body">
        <p>{t('for-ever', { n: count })}</p>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onNo}>{shell('cancel')}</Button>
        <Button look="danger" onClick={onYes}>
          {t('delete-for-ever')}
        </Button>
      </footer>
    </Dialog>
  );
}
