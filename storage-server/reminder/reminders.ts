import type { Reminder } from '../../common/shapes/reminder.ts';

export interface ReminderWish {
  mail: string;
  /** ISO 8601. */
  at: string;
  unlessAnswered: boolean;
}

/** Reminders as the API knows them. MailError `not-found` for mails that are not the user's. */
export interface Reminders {
  /** Replaces what was set for that mail before. MailErrors `quota` reason `too-many`, `invalid` reason `time-past`. */
  set(user: string, wish: ReminderWish): Promise<Reminder>;
  /** What waits and what is due, the earliest first. */
  list(user: string): Promise<Reminder[]>;
  /** Done, or not wanted any more; MailError `not-found` reason `reminder`. */
  remove(user: string, mail: string): Promise<void>;
}
