import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { judgeRefusedToken } from '../oauth/token/refused-token.ts';
import { takeRevision, touchItem } from '../profile/profile-store.ts';
import { tellUser } from '../profile/tell-user.ts';
import { decideAccountState } from '../account/account-state.ts';
import { decideCheckTiming, decideTestTiming, decideTiming } from './back-off.ts';
import { LEASE_LENGTH } from './lease-maildrop.ts';
import { setNextAt } from './due-store.ts';
import { extendLease, findHeldLease, removeLease } from './lease-store.ts';
import type { LeasePurpose } from './lease.ts';
import type { PollResult } from './poll-result.ts';
import { findPoll, saveOutcome, type Outcome, type PollRecord } from './poll-store.ts';
import { recordPoll } from './record-poll.ts';

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
      else if (lease.due_before !== null) {
        await setNextAt(tx, lease.account, Math.max(expiresAt, lease.due_before));
      }
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
  const ended = await server.pollWrites.write(async (tx) => await endLease(server, tx, { part, id, result }));
  const how = ended === null ? 'lost' : result.ok ? 'ok' : 'failed';
  server.metrics.count('polls', how);
  server.metrics.count('poll_seconds', how, result.seconds ?? 0);
  if (ended !== null) {
    const { home, user, host, next_at, toldUser } = ended;
    if (ended.counts) server.pollHours.count(user, host, result, server.clock.now());
    if (toldUser) tellUser(server, user);
    server.dueHosts.tell(home, host, next_at);
    server.dueHosts.free(part, host);
    server.dueHosts.note(host, isSilent(result) ? 'silent' : 'answered');
  }
  // A maildrop is free again: somebody else's account on it may be due.
  server.hints.give('schedule');
  return { lost: ended === null };
}

interface Ended extends Pick<PollRecord, 'home' | 'user' | 'host' | 'next_at'> {
  /** Whether clients have something new to see. */
  toldUser: boolean;
  /** A test is no poll. */
  counts: boolean;
}

/** Null when the lease is lost. */
async function endLease(
  server: ProfileContext,
  tx: Writer,
  { part, id, result }: { part: string; id: string; result: PollResult },
): Promise<Ended | null> {
  const now = server.clock.now();
  const lease = await findHeldLease(tx, id, part, now);
  // Removing it decides: an edit that revokes the lease at this moment must not be overwritten after.
  if (lease === undefined || !(await removeLease(tx, id))) return null;
  const poll = await findPoll(tx, lease.account);
  if (poll === undefined) return null;
  const before = { ...poll, next_at: lease.due_before };
  const judged = await judgeRefusedToken(tx, lease.account, result, now);
  const outcome = await settle(server, tx, before, { result: judged, purpose: lease.purpose, now });
  const { home, user, host } = poll;
  const toldUser = showsNew(poll, outcome, now);
  if (toldUser) await touchItem(tx, user, 'accounts', poll.account, await takeRevision(tx, user));
  return { home, user, host, next_at: outcome.next_at, toldUser, counts: lease.purpose !== 'test' };
}

/** The host took our time and gave nothing. */
function isSilent(result: PollResult): boolean {
  return !result.ok && (result.error.code === 'timeout' || result.error.code === 'connect-refused');
}

/** Writes what the result decides; a test leaves no line in the timeline. */
async function settle(
  server: ProfileContext,
  tx: Writer,
  poll: PollRecord,
  how: { result: PollResult; purpose: LeasePurpose; now: number },
): Promise<Outcome> {
  const { result, purpose, now } = how;
  if (purpose === 'test') {
    const outcome = { ...poll, ...decideTestTiming(poll, result, now) };
    await saveOutcome(tx, poll.account, outcome);
    return outcome;
  }
  const decide = purpose === 'check' ? decideCheckTiming : decideTiming;
  return await recordPoll(tx, poll, decide(poll, result, now, drawChance(server)), { result, now });
}

/** Clients are told when the account's state or error changes, not at each of the polls that go well. */
function showsNew(poll: PollRecord, outcome: Outcome, now: number): boolean {
  const after = { ...poll, ...outcome };
  const errorCode = (text: string | null): unknown =>
    text === null ? null : (JSON.parse(text) as { code: string }).code;
  return (
    decideAccountState(poll, now) !== decideAccountState(after, now) ||
    poll.wait_seconds !== after.wait_seconds ||
    errorCode(poll.error) !== errorCode(after.error)
  );
}

/** 0…1 from the injected random. */
function drawChance(server: ProfileContext): number {
  return (server.random(1)[0] ?? 0) / 255;
}
