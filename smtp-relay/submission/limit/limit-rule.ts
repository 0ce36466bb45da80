import { HOUR, SECOND, type Millis } from '../../../common/time.ts';

/** What a user may submit; null: as much as he likes. */
export interface UserLimits {
  /** Recipients an hour. */
  perHour: number | null;
  /** Recipients of one mail. */
  recipients: number | null;
  /** Bytes of one mail. */
  size: number | null;
}

/** Recipients that a user's mails had in the hour of the clock before this one, and in this one so far. */
export interface HourCounts {
  before: number;
  current: number;
}

export function hourOf(now: Millis): number {
  return Math.floor(now / HOUR);
}

/**
 * Seconds until the next mail may come, 0 now. What counts is the last sixty minutes, of which the part in the hour before is
 * taken as spread evenly over it.
 */
export function judgeRate(perHour: number | null, counts: HourCounts, now: Millis): number {
  if (perHour === null) return 0;
  const { before, current } = counts;
  const passed = (now % HOUR) / HOUR;
  if (before * (1 - passed) + current < perHour) return 0;
  const toEnd = Math.ceil((HOUR - (now % HOUR)) / SECOND);
  if (current >= perHour) return toEnd;
  const share = 1 - (perHour - current) / before;
  return Math.max(1, Math.min(toEnd, Math.ceil(((share - passed) * HOUR) / SECOND)));
}
