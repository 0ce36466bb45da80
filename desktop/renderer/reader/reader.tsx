import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { MailView } from '../../../common/shapes/mail.ts';
import type { AnswerKind } from '../../../common/shapes/draft.ts';
import { IconButton } from '../parts/button.tsx';
import { Failure, Skeleton } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { profileStore } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { tellProblem } from '../shell/notices.ts';
import { changeMailRoute, closeOpen } from '../shell/route.ts';
import { useLayout } from '../shell/width.ts';
import { AskForEver, MoveMenu, toggleFlag } from '../mail/list-head.tsx';
import { findRow, mailQuery, queries } from '../mail/mail-cache.ts';
import { deleteForEver, flagMails, moveMails } from '../mail/mail-actions.ts';
import { isUnread } from '../mail/patch-lists.ts';
import { prefetchNext } from '../mail/prefetch.ts';
import { selectionStore } from '../mail/selection.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';
import { Attachments } from './attachments.tsx';
import { MailBody } from './mail-body.tsx';
import { MailHead } from './mail-head.tsx';
import { Status } from './status.tsx';

/** The open mail. Opening it marks it as read. */
export function Reader({ id }: { id: string }) {
  const t = useText(mailTexts);
  const query = useQuery(mailQuery(id));
  const mail = query.data;
  const row = mail ?? findRow(id);
  const unread = mail !== undefined && isUnread(mail);
  const marked = useRef(false);
  useEffect(() => {
    if (marked.current || mail === undefined) return;
    marked.current = true;
    if (unread) void flagMails([id], ['seen']);
  }, [id, mail, unread]);
  useEffect(() => (mail === undefined ? undefined : prefetchNext(id)), [id, mail]);
  return (
    <section className="reader" aria-label={t('reading-pane')} data-region="reader" tabIndex={-1}>
      <ReaderBar
        id={id}
        box={row?.role ?? null}
        unread={row === null ? false : isUnread(row)}
        flagged={row?.flags.includes('flagged') ?? false}
      />
      {mail === undefined && query.isError ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {mail === undefined && !query.isError ? <Skeleton rows={8} kind="text" /> : null}
      {mail === undefined ? null : <OpenMail mail={mail} />}
    </section>
  );
}

function OpenMail({ mail }: { mail: MailView }) {
  const scroller = useRef<HTMLElement>(null);
  return (
    <article ref={scroller} className="reader-scroller" tabIndex={0} data-region-focus>
      <MailHead mail={mail} />
      {mail.status === null ? null : <Status status={mail.status} />}
      <MailBody mail={mail} />
      <Attachments mail={mail} />
    </article>
  );
}

/** Opens a stored draft that answers or forwards a mail. */
export async function answerMail(id: string, kind: AnswerKind): Promise<void> {
  try {
    const draft = await storageServer().draft.answer.mutate({
      mail: id,
      kind,
      language: languageStore.get(),
      timeZone: profileStore.get().preferences.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    queries.setQueryData(['draft', draft.id], draft);
    changeMailRoute({ draft: draft.id });
  } catch (error) {
    tellProblem(toProblem(error), () => void answerMail(id, kind));
  }
}

function ReaderBar({
  id,
  box,
  unread,
  flagged,
}: {
  id: string;
  box: string | null;
  unread: boolean;
  flagged: boolean;
}) {
  const t = useText(mailTexts);
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
          back: closeOpen,
        },
  );
  return (
    <div className="reader-bar" role="toolbar" aria-label={t('mail-actions')}>
      {layout === 'one' ? <IconButton icon="back" label={t('back')} keys="u" onClick={closeOpen} /> : null}
      <IconButton icon="reply" label={t('reply')} keys="r" onClick={() => void answerMail(id, 'reply')} />
      <IconButton
        icon="reply-all"
        label={t('reply-all')}
        keys="a"
        onClick={() => void answerMail(id, 'reply-all')}
      />
      <IconButton
        icon="forward"
        label={t('forward')}
        keys="f"
        onClick={() => void answerMail(id, 'forward')}
      />
      <span className="bar-gap" />
      {box === 'archive' ? null : (
        <IconButton icon="archive" label={t('archive')} keys="e" onClick={archive} />
      )}
      <IconButton
        icon="trash"
        label={forEver ? t('delete-for-ever') : t('delete')}
        keys="#"
        onClick={remove}
      />
      {box === 'sent' ? null : (
        <IconButton icon="junk" label={box === 'junk' ? t('not-junk') : t('junk')} keys="!" onClick={junk} />
      )}
      <MoveMenu ids={[id]} />
      <span className="bar-gap" />
      <IconButton icon="flag" label={t('flag')} keys="s" pressed={flagged} onClick={() => toggleFlag([id])} />
      <IconButton
        icon={unread ? 'read' : 'unread'}
        label={unread ? t('mark-read') : t('mark-unread')}
        keys={unread ? 'Shift+I' : 'Shift+U'}
        onClick={() => void flagMails([id], unread ? ['seen'] : [], unread ? [] : ['seen'])}
      />
      {layout === 'one' ? null : (
        <>
          <span className="top-bar-space" />
          <IconButton icon="close" label={t('close-mail')} keys="Esc" onClick={closeOpen} />
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

/** Before a mail leaves the list, the one after it is opened; in a one-pane window, the list. */
function openNeighbour(id: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=message-row]')];
  const at = rows.findIndex((row) => row.dataset['id'] === id);
  const next = at === -1 ? undefined : (rows[at + 1] ?? rows[at - 1])?.dataset['id'];
  const row = next === undefined ? null : findRow(next);
  changeMailRoute({ mail: row === null || row.role === 'drafts' ? null : row.id, draft: null }, 'replace');
}
