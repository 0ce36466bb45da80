import { makeId } from '../../common/ids.ts';
import { SECOND, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { findItem } from '../profile/profile-store.ts';
import { moveDue } from './due-store.ts';
import { findLeaseOn, removeLease, takeLease } from './lease-store.ts';
import type { Lease, LeasePurpose } from './lease.ts';
import type { PollRecord } from './poll-store.ts';
import { decideGap } from './provider-manners.ts';

/** Renewed every third of it while bytes flow. */
export const LEASE_LENGTH = 90 * SECOND;

/**
 * Takes the account's maildrop and moves `next_at` to the lease's end, so that a lost lease is due again by itself;
 * later where the provider would take that for a sign-in too soon. Without a lease when somebody holds the maildrop
 * (due again at `heldUntil`), or has just changed when the account is due.
 */
export async function leaseMaildrop(
  server: Pick<ProfileContext, 'random'>,
  tx: Writer,
  poll: Pick<PollRecord, 'account' | 'user' | 'maildrop' | 'host' | 'login_gap' | 'next_at'>,
  how: { part: string; purpose: LeasePurpose; now: Millis },
): Promise<{ lease: Lease | null; heldUntil: Millis | null }> {
  const { account, user, maildrop, host } = poll;
  const { part, purpose, now } = how;
  const item = await findItem(tx, user, 'accounts', account);
  const revision = item?.edited ?? 0;
  const id = makeId('lease', server.random);
  const expiresAt = now + LEASE_LENGTH;
  const gap = decideGap(poll) * SECOND;
  const allowed_at = gap === 0 ? null : now + gap;
  // An account that waits for its user stays out of the schedule, also when it is tested.
  const due_before = poll.next_at === null ? null : Math.max(poll.next_at, allowed_at ?? 0);
  const record = { maildrop, id, account, user, host, part, revision, purpose, due_before };
  if (!(await takeLease(tx, { ...record, expires_at: expiresAt }, now))) {
    const until = Math.max(poll.next_at ?? 0, (await findLeaseOn(tx, maildrop))?.expires_at ?? now);
    if (poll.next_at !== null) await moveDue(tx, poll, { next_at: until, allowed_at });
    return { lease: null, heldUntil: until };
  }
  const next_at = poll.next_at === null ? null : Math.max(expiresAt, allowed_at ?? 0);
  if (!(await moveDue(tx, poll, { next_at, allowed_at }))) {
    await removeLease(tx, id);
    return { lease: null, heldUntil: null };
  }
  return { lease: { id, account, user, host, revision, expiresAt }, heldUntil: null };
}
