import type { ErrorCode } from '../../common/errors.ts';
import { HOUR, MINUTE, SECOND, type Millis } from '../../common/time.ts';
import type { Outcome, PollRecord } from './poll-store.ts';
import type { PollResult } from './poll-result.ts';

const LONGEST = 6 * HOUR;
/** Another session holds the maildrop (RFC 2449, IN-USE): it is no failure, and soon over. */
const IN_USE_RETRY = MINUTE;
/** Part of the wait by which it is moved at random, so that accounts do not march in step. */
const JITTER = 0.1;

const NEEDS_USER: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['auth-failed', 'needs-sign-in']);
/** Ours, not the maildrop's: once it is mended nobody should have to wait for hours. */
const OUR_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['disk-full', 'unavailable']);
const NO_FAULT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['in-use', 'too-soon', 'login-delay']);

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
export function decideOutcome(poll: PollRecord, result: PollResult, now: Millis, chance: number): Outcome {
  if (result.ok) {
    return {
      next_at: now + addJitter(backOff(poll.wait_seconds, 0), chance),
      last_poll: now,
      last_success: now,
      failing_since: null,
      fails: 0,
      needs_sign_in: 0,
      error: null,
    };
  }
  const { code, message, serverLine, reason, params, retryAfter } = result.error;
  const asked = (retryAfter ?? 0) * SECOND;
  if (NO_FAULT.has(code)) {
    const wait =
      code === 'in-use' ? Math.min(IN_USE_RETRY, poll.wait_seconds * SECOND) : poll.wait_seconds * SECOND;
    return { ...poll, next_at: now + addJitter(Math.max(wait, asked), chance), last_poll: now };
  }
  const stops = NEEDS_USER.has(code);
  const fails = poll.fails + 1;
  const wait = Math.max(backOff(poll.wait_seconds, OUR_FAULT.has(code) ? 0 : fails), asked);
  return {
    next_at: stops ? null : now + addJitter(wait, chance),
    last_poll: now,
    last_success: poll.last_success,
    failing_since: poll.failing_since ?? now,
    fails,
    needs_sign_in: stops ? 1 : 0,
    error: JSON.stringify({ code, message, serverLine, reason, params }),
  };
}
