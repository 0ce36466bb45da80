import type { StoredMessage } from '../../blob/take-in.ts';
import { countUnread, packFlags, packLabels, type MailRecord } from '../mail-record.ts';
import type { MailState } from '../mail-state.ts';
import type { OriginalRecord } from '../mail-store.ts';
import type { Assigned } from '../threads/thread-finder.ts';
import type { IncomingMail } from './ingest.ts';

/** A row as it is inserted. */
export function makeRecord(
  mail: Pick<IncomingMail, 'account' | 'mailbox' | 'received' | 'flags' | 'sendKey' | 'labels' | 'imported'>,
  message: StoredMessage,
  { subjectKey, ...place }: Pick<MailRecord, 'id' | 'modseq' | 'added' | 'moved_at'> & Assigned,
): MailRecord {
  const { digest } = message;
  const flags = packFlags(mail.flags);
  return {
    ...place,
    mailbox: mail.mailbox,
    date: mail.imported?.date ?? digest.date,
    received: mail.received,
    flags,
    unread: countUnread(flags),
    labels: packLabels(mail.labels ?? []),
    subject_key: subjectKey,
    attachments: digest.attachments,
    ...bytesOf(message),
    same_key: digest.sameKey,
    problem: digest.problem,
    send_key: mail.sendKey,
    accounts: mail.account ?? '',
    subject: digest.subject,
    sender: JSON.stringify(digest.from),
    recipients: JSON.stringify(digest.to),
    snippet: digest.snippet,
  };
}

/** Blob ids of its two halves, and the size of both together. */
export function bytesOf({ header, body }: StoredMessage): Pick<OriginalRecord, 'header' | 'body' | 'size'> {
  return { header: header.id, body: body.id, size: header.size + body.size };
}

/** Where an original is listed: with its mail. */
export function placeOf(
  mail: Pick<MailState, 'mailbox' | 'date'> | undefined,
): Pick<OriginalRecord, 'mailbox' | 'date'> {
  return { mailbox: mail?.mailbox ?? '', date: mail?.date ?? 0 };
}
