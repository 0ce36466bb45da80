import { DAY, type Millis } from '../../common/time.ts';

/** How long an address stays suppressed after it failed for the first time; each later failure doubles it. */
const FIRST: Millis = 7 * DAY;
const LONGEST: Millis = 180 * DAY;
/** Mails that were on their way together fail together: that is one finding. */
const ONE_FINDING: Millis = DAY;

/** What the failure before said, if there was one. */
export interface EarlierFailure {
  failedAt: Millis;
  times: number;
}

/** Which finding this is, and until when the address is suppressed because of it. */
export function chooseEnd(
  earlier: EarlierFailure | null,
  now: Millis,
): { times: number; endsAt: Millis; failedAt: Millis } {
  const same = earlier !== null && now - earlier.failedAt < ONE_FINDING;
  const times = (earlier?.times ?? 0) + (same ? 0 : 1);
  // Counted from the first failure of a finding, or a flood of mails would move its end on and on.
  const failedAt = same ? earlier.failedAt : now;
  return { times, failedAt, endsAt: failedAt + Math.min(LONGEST, FIRST * 2 ** Math.min(times - 1, 10)) };
}

/** So long after its end a suppression is still remembered, so that the next failure counts as the second. */
export const REMEMBERED: Millis = LONGEST;
