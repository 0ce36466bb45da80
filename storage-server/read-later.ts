import { MailError } from '../common/errors.ts';
import { MINUTE, type Millis } from '../common/time.ts';

/** The clocks of people's machines may be slow. */
const SLOW_CLOCK: Millis = MINUTE;

/** A moment (ISO 8601) at which something is to happen. MailError `invalid` (`time-past`): most likely the year or the zone is wrong. */
export function readLater(at: string, now: Millis): Millis {
  const time = new Date(at).getTime();
  if (time >= now - SLOW_CLOCK) return time;
  throw new MailError('invalid', 'this time is over', { reason: 'time-past', field: 'at', params: { at } });
}
