import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { MailView } from '../../../common/shapes/mail.ts';
import { Failure, Skeleton } from '../parts/states.tsx';
import { toProblem } from '../session/problem.ts';
import { findRow, mailQuery } from '../mail/cache/mail-cache.ts';
import { flagMails } from '../mail/mail-actions.ts';
import { isUnread } from '../mail/cache/patch-lists.ts';
import { prefetchNext } from '../mail/list/prefetch.ts';
import { mailTexts } from '../text/mail.ts';
import { useText } from '../text/text.ts';
import { Attachments } from './files/attachments.tsx';
import { Conversation } from './conversation.tsx';
import { MailBody } from './body/mail-body.tsx';
import { MailHead } from './head/mail-head.tsx';
import { ReaderBar } from './bar/reader-bar.tsx';
import { Status } from '../sending/status/status.tsx';

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
    if (unread) void flagMails([id], ['seen'], [], 'only-these');
  }, [id, mail, unread]);
  useEffect(() => (mail === undefined ? undefined : prefetchNext(id)), [id, mail]);
  return (
    <section className="reader" aria-label={t('reading-pane')} data-region="reader" tabIndex={-1}>
      <ReaderBar
        id={id}
        thread={row?.threadId ?? null}
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
      <Conversation mail={mail} />
    </article>
  );
}
