import type { MailRow } from './mail.ts';

/** Most reminders of one user that are not done. */
export const REMINDER_LIMIT = 1000;

/** A mail that its user wants to be reminded of at a time. */
export interface Reminder {
  mail: MailRow;
  at: string;
  /** It vanishes when a later mail of the conversation comes from somebody else. */
  unlessAnswered: boolean;
  /** due: its time has come, and it stays until it is done. */
  state: 'waiting' | 'due';
}
