import type { Account, AccountProblem, AccountSettings } from '../../common/shapes/account.ts';
import { MINUTE, SECOND, formatTime, type Millis } from '../../common/time.ts';
import type { PollRecord } from '../schedule/poll-store.ts';

export interface StoredAccount {
  id: string;
  settings: AccountSettings;
  /** Provider that it signs in at with tokens; null for passwords. */
  oauth: string | null;
}

type PollFacts = Pick<
  PollRecord,
  'paused' | 'needs_sign_in' | 'fails' | 'last_success' | 'next_at' | 'wait_seconds'
>;

/** An account's state. Late: nobody has polled although it was due for more than an interval. */
export function decideAccountState(poll: PollFacts | null, now: Millis): Account['state'] {
  if (poll === null || poll.paused !== 0) return 'paused';
  if (poll.needs_sign_in === 1) return 'needs-sign-in';
  if (poll.fails > 0) return 'failing';
  if (poll.last_success === null) return 'new';
  if (poll.next_at === null) return 'paused';
  const tolerance = Math.max(2 * MINUTE, poll.wait_seconds * SECOND);
  return now - poll.next_at > tolerance ? 'late' : 'ok';
}

/** ACCOUNT of the contract from its settings and the state of its polling. */
export function composeAccount(stored: StoredAccount, poll: PollRecord | null, now: Millis): Account {
  return {
    ...stored.settings,
    id: stored.id,
    state: decideAccountState(poll, now),
    lastSuccess: formatTime(poll?.last_success ?? null),
    nextTry: formatTime(poll?.next_at ?? null),
    failingSince: formatTime(poll?.failing_since ?? null),
    nextAllowed: formatTime(decideNextAllowed(poll, now)),
    currentInterval: poll?.wait_seconds ?? stored.settings.interval,
    oauth: stored.oauth,
    error: poll === null || poll.error === null ? null : (JSON.parse(poll.error) as AccountProblem),
  };
}

/** When the provider lets "check now" sign in again; null when it does now. */
export function decideNextAllowed(poll: Pick<PollRecord, 'allowed_at'> | null, now: Millis): Millis | null {
  const at = poll?.allowed_at ?? null;
  return at !== null && at > now ? at : null;
}
