import type { ErrorCode } from '../../common/errors.ts';
import { SECOND, type Millis } from '../../common/time.ts';
import type { PollRecord } from './poll-store.ts';
import type { PollResult } from './poll-result.ts';

/** What is learned from a refusal without a number, in seconds. */
const GUESS = { least: 60, most: 1800 };
/** Before the user name was told to anybody. */
const BEFORE_SIGN_IN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'dns',
  'connect-refused',
  'tls',
  'host-not-allowed',
  'unavailable',
  'disk-full',
]);

/**
 * Seconds that the server wants between two sign-ins, as far as it has let us know: by its capability LOGIN-DELAY,
 * or by refusing with [LOGIN-DELAY] (RFC 2449). A refusal without a number was at least too soon by what had passed:
 * twice that is tried next.
 */
export function learnLoginGap(
  poll: Pick<PollRecord, 'login_gap' | 'last_poll'>,
  result: PollResult,
  now: Millis,
): number {
  const { loginDelay } = result;
  if (result.ok || result.error.code !== 'login-delay') return loginDelay ?? poll.login_gap;
  const told = Math.max(result.error.retryAfter ?? 0, loginDelay ?? 0);
  if (told > 0) return Math.max(told, poll.login_gap);
  const passed = poll.last_poll === null ? 0 : (now - poll.last_poll) / SECOND;
  const guess = Math.min(GUESS.most, Math.max(GUESS.least, Math.ceil(2 * passed)));
  return Math.max(guess, poll.login_gap);
}

/** Whether the server may count the poll as a sign-in. */
export function hasSignedIn(result: PollResult): boolean {
  return result.ok || !BEFORE_SIGN_IN.has(result.error.code);
}
