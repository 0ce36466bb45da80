import type { MailRow } from './mail.ts';

/** Most mails of one user that are put off at a time, and most that one call puts off. */
export const SNOOZE_LIMIT = 1000;

/** A mail that left its mailbox until a time, or that has come back at its time. */
export interface Snooze {
  mail: MailRow;
  /** When it comes back, or came. */
  at: string;
  /** back: it lies in the Inbox again, unread, and belongs among the mails of that moment until it is moved. */
  state: 'waiting' | 'back';
}
