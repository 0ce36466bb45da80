import { SECOND, type Clock, type Millis } from '../../../common/time.ts';
import { readLater } from '../../read-later.ts';
import type { SendOptions } from '../sending.ts';

export interface DueTime {
  dueAt: Millis;
  /** The user named the time; false: it is held for undo at most. */
  scheduled: boolean;
}

/** When a mail goes to the relay: after the time for undo, or later when it was asked for. MailError `invalid` (`time-past`). */
export function chooseDueTime(clock: Clock, input: Pick<SendOptions, 'undo' | 'at'>): DueTime {
  const now = clock.now();
  const earliest = now + input.undo * SECOND;
  const at = input.at === null ? null : readLater(input.at, now);
  if (at === null || at <= earliest) return { dueAt: earliest, scheduled: false };
  return { dueAt: at, scheduled: true };
}
