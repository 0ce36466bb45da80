import type { MailRow } from './mail.ts';
import type { MailboxRole } from './mailbox.ts';

/** Most mails of one user that are put off at a time, and most that one call puts off. */
export const SNOOZE_LIMIT = 1000;

/** Mail in these mailboxes is not there to be read again later. */
export const NEVER_SNOOZED: ReadonlySet<MailboxRole | null> = new Set(['drafts', 'sent', 'junk', 'trash']);

/** A mail that left its mailbox until a time, or that has come back at its time. */
export interface Snooze {
  mail: MailRow;
  /** When it comes back, or came. */
  at: string;
  /** back: it lies in the Inbox again, unread, and belongs among the mails of that moment until it is moved. */
  state: 'waiting' | 'back';
}
