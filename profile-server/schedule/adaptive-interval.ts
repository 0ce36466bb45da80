import { HOUR, SECOND, type Millis } from '../../common/time.ts';

/** At most so many times the smallest interval, and at most an hour. */
const LONGEST = { times: 8, seconds: HOUR / SECOND };
/** Nobody notices a wait of an eighth of the time in which nothing came. */
const SHARE = 8;

/**
 * Seconds until the next poll. Adaptive: the smallest as soon as mail comes; when none has come for eight times as
 * long, twice that, and so on up to eight times or an hour. In steps, so that an account's interval is no news at
 * each poll. Never under `least`.
 */
export function decideInterval(
  account: { least: number; adaptive: boolean; lastMail: Millis | null },
  now: Millis,
): number {
  const { least, adaptive, lastMail } = account;
  if (!adaptive || lastMail === null) return least;
  const longest = Math.max(least, Math.min(LONGEST.times * least, LONGEST.seconds));
  const bearable = (now - lastMail) / SECOND / SHARE;
  let interval = least;
  while (interval * 2 <= bearable && interval < longest) interval *= 2;
  return Math.min(interval, longest);
}
