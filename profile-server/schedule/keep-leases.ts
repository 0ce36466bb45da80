import type { ProfileContext } from '../context.ts';
import { takeRevision, touchItem } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { decideAccountState } from '../account/account-state.ts';
import { decideOutcome } from './back-off.ts';
import { LEASE_LENGTH } from './claim-leases.ts';
import { extendLease, findHeldLease, removeLease } from './lease-store.ts';
import type { PollResult } from './poll-result.ts';
import { findPoll, saveOutcome, setNextAt, type Outcome, type PollRecord } from './poll-store.ts';

/** Leases run on for another length; those that are no longer the part's come back as lost. */
export async function renewLeases(
  server: ProfileContext,
  part: string,
  leases: readonly string[],
): Promise<string[]> {
  return await server.db.write(async (tx) => {
    const now = server.clock.now();
    const expiresAt = now + LEASE_LENGTH;
    const lost: string[] = [];
    for (const id of leases) {
      const lease = await findHeldLease(tx, id, part, now);
      if (lease === undefined || !(await extendLease(tx, id, part, { now, expiresAt }))) lost.push(id);
      else if (lease.due_before !== null) await setNextAt(tx, lease.account, expiresAt);
    }
    return lost;
  });
}

/** Ends a lease with its result. A lost lease changes nothing of the schedule: another holder's word counts. */
export async function reportResult(
  server: ProfileContext,
  part: string,
  id: string,
  result: PollResult,
): Promise<{ lost: boolean }> {
  const { lost, told } = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const lease = await findHeldLease(tx, id, part, now);
    // Removing it decides: an edit that revokes the lease at this moment must not be overwritten after.
    if (lease === undefined || !(await removeLease(tx, id))) return { lost: true, told: null };
    const poll = await findPoll(tx, lease.account);
    if (poll === undefined) return { lost: true, told: null };
    const before = { ...poll, next_at: lease.due_before };
    const outcome =
      lease.purpose === 'test'
        ? afterTest(before, result, now)
        : decideOutcome(before, result, now, chanceOf(server));
    await saveOutcome(tx, poll.account, outcome);
    if (!showsNew(poll, outcome, now)) return { lost: false, told: null };
    const revision = await takeRevision(tx, poll.user);
    await touchItem(tx, poll.user, 'accounts', poll.account, revision);
    return { lost: false, told: poll.user };
  });
  server.metrics.count('polls', lost ? 'lost' : result.ok ? 'ok' : 'failed');
  if (told !== null) tellUser(server, told);
  // A maildrop is free again: somebody else's account on it may be due.
  server.hints.give('schedule');
  return { lost };
}

/** A test puts the schedule back as it was; one that succeeds lifts "needs sign-in", and polling begins at once. */
function afterTest(poll: PollRecord, result: PollResult, now: number): Outcome {
  if (!result.ok || poll.needs_sign_in === 0) return { ...poll, last_poll: now };
  return {
    ...poll,
    last_poll: now,
    needs_sign_in: 0,
    fails: 0,
    failing_since: null,
    error: null,
    next_at: now,
  };
}

/** Clients are told when the account's state or error changes, not at each of the polls that go well. */
function showsNew(poll: PollRecord, outcome: Outcome, now: number): boolean {
  const after = { ...poll, ...outcome };
  const errorCode = (text: string | null): unknown =>
    text === null ? null : (JSON.parse(text) as { code: string }).code;
  return (
    decideAccountState(poll, now) !== decideAccountState(after, now) ||
    errorCode(poll.error) !== errorCode(after.error)
  );
}

/** 0…1 from the injected random. */
function chanceOf(server: ProfileContext): number {
  return (server.random(1)[0] ?? 0) / 255;
}
