import type { Selection } from '../../common/shapes/selection.ts';
import type { Snooze } from '../../common/shapes/snooze.ts';

/** Putting mails off, as the API knows it. MailError `not-found` for mails that are not the user's. */
export interface Snoozes {
  /**
   * Out of their mailboxes into Archive until `at` (ISO 8601), then back into the Inbox, unread. What is put off already
   * gets the new time. MailErrors `invalid` reason `time-past`, `quota` reason `too-many`, `forbidden` reason `snooze-role`
   * for drafts, sent mail, Junk and Trash.
   */
  set(user: string, selection: Selection, at: string): Promise<Snooze[]>;
  /** What waits and what has come back and was not moved since, the earliest first. */
  list(user: string): Promise<Snooze[]>;
  /**
   * Back into the mailbox that they left, with the flags that they have; one that has come back is only no longer shown as
   * that. Answers how many; MailError `not-found` reason `snooze` when none of them is put off.
   */
  end(user: string, mails: readonly string[]): Promise<number>;
}
