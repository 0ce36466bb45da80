import { MailError } from '../../common/errors.ts';
import { SECOND, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { demandHome } from '../part/demand-home.ts';
import { leaseMaildrop } from './lease-maildrop.ts';
import { decideNextAllowed } from '../account/account-state.ts';
import { findLeaseOn } from './lease-store.ts';
import type { Lease, RefusedLease } from './lease.ts';
import { listPolls, type PollRecord } from './poll-store.ts';

export interface Taking {
  part: string;
  user: string;
  /** Null means all of the user. */
  accounts: readonly string[] | null;
  purpose: 'check' | 'test';
}

/** Leases now, whether due or not; each account that cannot be had says why. MailError `not-found` for a foreign account. */
export async function takeLeases(
  server: ProfileContext,
  taking: Taking,
): Promise<{ leases: Lease[]; refused: RefusedLease[] }> {
  const user = await demandHome(server, taking.part, taking.user);
  if (user.disabled === 1)
    throw new MailError('forbidden', 'the user is disabled', { reason: 'user-disabled' });
  return await server.db.write(async (tx) => {
    const polls = await listPolls(tx, taking.user);
    const leases: Lease[] = [];
    const refused: RefusedLease[] = [];
    const now = server.clock.now();
    for (const poll of choose(polls, taking.accounts)) {
      const refusal = judgeTaking(poll, taking.purpose, now);
      const taken = refusal === null ? await leaseMaildrop(server, tx, poll, { ...taking, now }) : null;
      const lease = taken?.lease ?? null;
      if (lease !== null) leases.push(lease);
      else refused.push(refusal ?? (await describeHolder(tx, poll, now)));
    }
    return { leases, refused };
  });
}

/** Why an account may not be polled now, apart from somebody else doing it; null when it may. */
export function judgeTaking(
  poll: Pick<PollRecord, 'account' | 'needs_sign_in' | 'allowed_at'>,
  purpose: Taking['purpose'],
  now: Millis,
): RefusedLease | null {
  if (purpose === 'check' && poll.needs_sign_in === 1) {
    return { account: poll.account, code: 'needs-sign-in', retryAfter: null };
  }
  const allowedAt = decideNextAllowed(poll, now);
  if (purpose === 'check' && allowedAt !== null) {
    return { account: poll.account, code: 'too-soon', retryAfter: Math.ceil((allowedAt - now) / SECOND) };
  }
  return null;
}

async function describeHolder(tx: Writer, poll: PollRecord, now: Millis): Promise<RefusedLease> {
  const held = await findLeaseOn(tx, poll.maildrop);
  const left = Math.max(0, (held?.expires_at ?? now) - now);
  return { account: poll.account, code: 'in-use', retryAfter: Math.ceil(left / SECOND) };
}

function choose(polls: readonly PollRecord[], accounts: readonly string[] | null): PollRecord[] {
  // A paused account is polled only when it is asked for by itself.
  if (accounts === null) return polls.filter(({ paused }) => paused === 0);
  return [...new Set(accounts)].map((account) => {
    const poll = polls.find((candidate) => candidate.account === account);
    if (poll === undefined) {
      const params = { account };
      throw new MailError('not-found', `no account ${account}`, { reason: 'no-account', params });
    }
    return poll;
  });
}
