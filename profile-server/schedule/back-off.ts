import type { ErrorCode } from '../../common/errors.ts';
import { LOCKED } from '../vault/personal/locked.ts';
import { HOUR, MINUTE, SECOND, type Millis } from '../../common/time.ts';
import { decideInterval } from './adaptive-interval.ts';
import { describeFailure } from './grow-run.ts';
import { hasSignedIn, learnLoginGap } from './login-gap.ts';
import type { PollRecord } from './poll-store.ts';
import type { PollResult } from './poll-result.ts';
import { decideGap } from './provider-manners.ts';

const LONGEST = 6 * HOUR;
/** Between two failures, where the next poll was due anyway. */
const SHORTEST = MINUTE;
/** Another session holds the maildrop (RFC 2449, IN-USE): it is no failure, and soon over. */
const IN_USE_RETRY = MINUTE;
/** Part of the wait by which it is moved at random, so that accounts do not march in step. */
const JITTER = 0.1;

const NEEDS_USER: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['auth-failed', 'needs-sign-in']);
/** Ours, not the maildrop's: once it is mended nobody should have to wait for hours. */
const OUR_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['disk-full', 'unavailable']);
const NO_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['in-use', 'too-soon', 'login-delay']);

/** What a result decides of the next poll and of what the account shows. */
export type Timing = Pick<
  PollRecord,
  | 'wait_seconds'
  | 'login_gap'
  | 'allowed_at'
  | 'next_at'
  | 'last_poll'
  | 'last_success'
  | 'last_mail'
  | 'failing_since'
  | 'fails'
  | 'needs_sign_in'
  | 'error'
>;

/** min(interval · 2^fails, 6 h), in milliseconds; an interval above 6 h stays as it is. */
export function backOff(intervalSeconds: number, fails: number): Millis {
  const interval = intervalSeconds * SECOND;
  return Math.max(interval, Math.min(interval * 2 ** Math.min(fails, 20), LONGEST));
}

/** `chance` in 0…1 from the injected random. Never earlier than asked. */
export function addJitter(wait: Millis, chance: number): Millis {
  return Math.round(wait * (1 + JITTER * chance));
}

/** What a poll's result means for the next one. A refused password stops after one try: more would lock the user out at the provider. */
export function decideTiming(poll: PollRecord, result: PollResult, now: Millis, chance: number): Timing {
  // It was allowed when the lease was taken: who did not get as far as signing in may try again.
  const manners = decideManners({ ...poll, allowed_at: null }, result, now);
  const least = Math.max(poll.least_seconds, manners.login_gap);
  const at = (wait: Millis): Millis | null =>
    poll.paused !== 0 ? null : Math.max(now + addJitter(wait, chance), manners.allowed_at ?? 0);
  const before = { ...pickTiming(poll), ...manners, last_poll: now };
  if (result.ok) {
    const lastMail = result.new > 0 ? now : (poll.last_mail ?? now);
    const wait = decideInterval({ least, adaptive: poll.adaptive === 1, lastMail }, now);
    return {
      ...before,
      wait_seconds: wait,
      next_at: at(result.more === true ? 0 : wait * SECOND),
      last_success: now,
      last_mail: lastMail,
      failing_since: null,
      fails: 0,
      needs_sign_in: 0,
      error: null,
    };
  }
  const { code, retryAfter } = result.error;
  const asked = (retryAfter ?? 0) * SECOND;
  if (NO_FAULT.has(code)) {
    const wait = code === 'in-use' ? Math.min(IN_USE_RETRY, least * SECOND) : least * SECOND;
    return { ...before, next_at: at(Math.max(wait, asked)) };
  }
  // Nothing is wrong with it: nobody of its user's is signed in.
  if (result.error.reason === LOCKED) {
    return { ...before, next_at: null, needs_sign_in: 1, error: describeFailure(result) };
  }
  const stops = NEEDS_USER.has(code);
  const fails = poll.fails + 1;
  const wait = Math.max(backOff(least, OUR_FAULT.has(code) ? 0 : fails), asked);
  return {
    ...before,
    next_at: stops ? null : at(wait),
    failing_since: poll.failing_since ?? now,
    fails,
    needs_sign_in: stops ? 1 : 0,
    error: describeFailure(result),
  };
}

/**
 * The same where a person asked before the poll was due: if that fails it is still due when it was, but for a minute of
 * rest, and however often he asks it counts as one failure.
 */
export function decideCheckTiming(poll: PollRecord, result: PollResult, now: Millis, chance: number): Timing {
  const timing = decideTiming(poll, result, now, chance);
  const isEarly = poll.next_at !== null && poll.next_at > now;
  if (!isEarly || timing.fails === poll.fails || result.ok || timing.next_at === null) return timing;
  const rest = Math.max(SHORTEST, (result.error.retryAfter ?? 0) * SECOND);
  const due = Math.max(poll.next_at ?? 0, now + rest, timing.allowed_at ?? 0);
  return { ...timing, fails: Math.max(poll.fails, 1), next_at: Math.min(timing.next_at, due) };
}

/** A test puts the schedule back as it was; one that succeeds lifts "needs sign-in", and polling begins at once. */
export function decideTestTiming(poll: PollRecord, result: PollResult, now: Millis): Timing {
  const manners = decideManners(poll, result, now);
  const before = { ...pickTiming(poll), ...manners, last_poll: now };
  if (!result.ok || poll.needs_sign_in === 0) return before;
  const next = poll.paused !== 0 ? null : Math.max(now, manners.allowed_at ?? 0);
  return { ...before, needs_sign_in: 0, fails: 0, failing_since: null, error: null, next_at: next };
}

/** When the provider allows the next sign-in, null when it may be now; without one it is as before. */
function decideManners(
  poll: PollRecord,
  result: PollResult,
  now: Millis,
): Pick<PollRecord, 'login_gap' | 'allowed_at'> {
  const login_gap = learnLoginGap(poll, result, now);
  const gap = decideGap({ host: poll.host, login_gap });
  if (!hasSignedIn(result)) return { login_gap, allowed_at: poll.allowed_at };
  return { login_gap, allowed_at: gap === 0 ? null : now + gap * SECOND };
}

function pickTiming(poll: PollRecord): Timing {
  return {
    wait_seconds: poll.wait_seconds,
    login_gap: poll.login_gap,
    allowed_at: poll.allowed_at,
    next_at: poll.next_at,
    last_poll: poll.last_poll,
    last_success: poll.last_success,
    last_mail: poll.last_mail,
    failing_since: poll.failing_since,
    fails: poll.fails,
    needs_sign_in: poll.needs_sign_in,
    error: poll.error,
  };
}
