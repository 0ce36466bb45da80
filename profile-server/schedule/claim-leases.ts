import { makeId } from '../../common/ids.ts';
import { SECOND } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { demandActivePart } from '../part/demand-active.ts';
import { findItem } from '../profile/profile-store.ts';
import { LONGEST_WAIT } from '../await-news.ts';
import { findLeaseOn, takeLease } from './lease-store.ts';
import type { Lease, LeasePurpose } from './lease.ts';
import {
  countRunning,
  findNextDue,
  listDue,
  setNextAt,
  type DuePoll,
  type PollRecord,
} from './poll-store.ts';

/** Renewed every third of it while bytes flow (DESIGN 5, Poll). */
export const LEASE_LENGTH = 90 * SECOND;
/** Periodic polls at one host at once: a slow one must not take every place, and no provider likes more. */
const MOST_AT_HOST = 8;
/** Another profile-server on the same database may have made something due. */
const LOOK_AGAIN = 5 * SECOND;

/** What is due at the part's home, under lease; with `wait` it answers when something becomes due, or after 25 s. */
export async function claimLeases(
  server: ProfileContext,
  part: string,
  max: number,
  wait: boolean,
  closed: AbortSignal | undefined,
): Promise<Lease[]> {
  const signal = closed === undefined ? server.stopping : AbortSignal.any([closed, server.stopping]);
  const end = Date.now() + LONGEST_WAIT;
  const listener = server.hints.listen('schedule');
  try {
    for (;;) {
      await demandActivePart(server, part);
      // The caller is gone: what it took now would lie idle until the lease ends.
      if (signal.aborted) return [];
      const leases = await claimDue(server, part, max);
      const left = end - Date.now();
      if (leases.length > 0 || !wait || left <= 0) return leases;
      const nextAt = await findNextDue(server.db.read, part);
      // What is due already and could not be had waits for another poll's end, which wakes us.
      const ahead = (nextAt ?? 0) - server.clock.now();
      const untilDue = ahead > 0 ? ahead : LOOK_AGAIN;
      await listener.next(Math.min(left, LOOK_AGAIN, untilDue), signal);
    }
  } finally {
    listener.close();
  }
}

async function claimDue(server: ProfileContext, part: string, max: number): Promise<Lease[]> {
  // Looked at outside first: an idle schedule should not write.
  if ((await chooseDue(server.db.read, part, server.clock.now(), max)).length === 0) return [];
  return await server.db.write(async (tx) => {
    const now = server.clock.now();
    const leases: Lease[] = [];
    for (const poll of await chooseDue(tx, part, now, max)) {
      const lease = await leaseMaildrop(server, tx, poll, { part, purpose: 'poll', now });
      if (lease !== null) leases.push(lease);
    }
    return leases;
  });
}

/** What is due, less what its host has no place for now. */
async function chooseDue(reader: Reader, part: string, now: number, limit: number): Promise<DuePoll[]> {
  const running = await countRunning(reader, part, now);
  const except = [...running].filter(([, count]) => count >= MOST_AT_HOST).map(([host]) => host);
  const due = await listDue(reader, part, now, { limit, except });
  return due.filter(({ host, place }) => place + (running.get(host) ?? 0) <= MOST_AT_HOST);
}

/**
 * Takes the account's maildrop and moves `next_at` to the lease's end, so that a lost lease is due
 * again by itself. Null when somebody holds it: then it is due when that lease ends.
 */
export async function leaseMaildrop(
  server: ProfileContext,
  tx: Writer,
  poll: Pick<PollRecord, 'account' | 'user' | 'maildrop' | 'next_at'>,
  how: { part: string; purpose: LeasePurpose; now: number },
): Promise<Lease | null> {
  const item = await findItem(tx, poll.user, 'accounts', poll.account);
  const lease: Lease = {
    id: makeId('lease', server.random),
    account: poll.account,
    user: poll.user,
    revision: item?.edited ?? 0,
    expiresAt: how.now + LEASE_LENGTH,
  };
  const { maildrop, next_at: due_before } = poll;
  const { id, account, user, revision, expiresAt } = lease;
  const { part, purpose, now } = how;
  const record = { maildrop, id, account, user, part, revision, purpose, due_before, expires_at: expiresAt };
  const taken = await takeLease(tx, record, now);
  const held = taken ? undefined : await findLeaseOn(tx, maildrop);
  // An account that waits for its user stays out of the schedule, also when it is tested.
  if (due_before !== null) {
    const busyUntil = taken ? expiresAt : Math.max(due_before, held?.expires_at ?? now);
    await setNextAt(tx, account, busyUntil);
  }
  return taken ? lease : null;
}
