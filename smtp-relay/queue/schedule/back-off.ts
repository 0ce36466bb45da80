import { DAY, HOUR, MINUTE, type Millis } from '../../../common/time.ts';

/** Pauses after the first, second, … failed try; the last one repeats. */
const PAUSES: readonly Millis[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR];

/** How long a mail is tried at all (RFC 5321 4.5.4.1: at least 4 to 5 days). */
export const GIVE_UP_AFTER: Millis = 5 * DAY;

/**
 * When to try again after `attempts` tries, null when it is time to give up. `random` (0 to 1) spreads
 * the tries by a fifth so that mails deferred together do not come back together. The last try is made at the very end.
 */
export function chooseNextTry(options: {
  now: Millis;
  queuedAt: Millis;
  attempts: number;
  random: number;
}): Millis | null {
  const { now, queuedAt, attempts, random } = options;
  const end = queuedAt + GIVE_UP_AFTER;
  if (now >= end) return null;
  const pause = PAUSES[Math.min(Math.max(attempts, 1), PAUSES.length) - 1] ?? HOUR;
  const jittered = Math.round(pause * (0.9 + 0.2 * random));
  return Math.min(now + jittered, end);
}
