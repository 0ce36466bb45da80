import { MailError } from '../../common/errors.ts';
import { FARTHEST_DAYS } from '../../common/shapes/reminder.ts';
import { DAY, SECOND, type Clock, type Millis } from '../../common/time.ts';
import type { SendOptions } from './sending.ts';

export interface DueTime {
  dueAt: Millis;
  /** The user named the time; false: it is held for undo at most. */
  scheduled: boolean;
}

/** When a mail goes to the relay: after the time for undo, or later when it was asked for. MailError `invalid` for what is too far. */
export function chooseDueTime(clock: Clock, input: Pick<SendOptions, 'undo' | 'at'>): DueTime {
  const now = clock.now();
  const earliest = now + input.undo * SECOND;
  const at = input.at === null ? null : readFutureTime(now, input.at);
  if (at === null || at <= earliest) return { dueAt: earliest, scheduled: false };
  return { dueAt: at, scheduled: true };
}

/** MailError `invalid` reason `too-far` for what is more than a year ahead. */
export function readFutureTime(now: Millis, at: string): Millis {
  const time = new Date(at).getTime();
  if (time - now > FARTHEST_DAYS * DAY) {
    throw new MailError('invalid', 'the time is too far ahead', {
      reason: 'too-far',
      field: 'at',
      params: { days: FARTHEST_DAYS },
    });
  }
  return time;
}
