import type { MailPlace, SnoozeRow } from './snooze-store.ts';

/** Whether a mail still lies where putting it off, or bringing it back, laid it: else somebody wanted it elsewhere. */
export function isPutOff(
  snooze: Pick<SnoozeRow, 'mailbox' | 'movedAt'>,
  place: MailPlace | undefined,
): boolean {
  return place !== undefined && place.mailbox === snooze.mailbox && place.movedAt === snooze.movedAt;
}
