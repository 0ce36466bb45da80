import type { AccountProblem } from '../../../common/shapes/account.ts';
import type { Millis } from '../../../common/time.ts';
import type { PollRecord } from '../../schedule/poll-store.ts';

/** What a new try needs to know of an account. */
export type RetryFacts = Pick<
  PollRecord,
  'paused' | 'needs_sign_in' | 'fails' | 'next_at' | 'allowed_at' | 'error'
>;
export type RetryTiming = Pick<PollRecord, 'needs_sign_in' | 'fails' | 'next_at'>;

/**
 * How an account goes on when an admin says that its provider is mended: due at once, as far as the provider allows, and
 * with a short back-off again if it still fails. Null where nothing changes: it works, its user has paused it, or only the
 * user can help. `refused` also tries passwords that were refused, once: wrong ones are refused again and then rest.
 */
export function decideRetry(poll: RetryFacts, refused: boolean, now: Millis): RetryTiming | null {
  if (poll.paused !== 0) return null;
  if (poll.needs_sign_in === 1 && (!refused || isLocked(poll.error))) return null;
  if (poll.needs_sign_in === 0 && (poll.fails === 0 || poll.next_at === null)) return null;
  return {
    needs_sign_in: 0,
    fails: Math.min(poll.fails, 1),
    next_at: Math.max(now, poll.allowed_at ?? 0),
  };
}

/** Sealed by its user's password: a try without it could only fail. */
function isLocked(error: string | null): boolean {
  return error !== null && (JSON.parse(error) as AccountProblem).reason === 'locked-until-password';
}
