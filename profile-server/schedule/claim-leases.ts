import { SECOND, type Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { demandActivePart } from '../part/demand-active.ts';
import { LONGEST_WAIT } from '../await-news.ts';
import { chooseAtHost, countPlaces, takeTurns, type Running } from './choose-due.ts';
import { listNextOfHost, type DuePoll } from './due-store.ts';
import { leaseMaildrop } from './lease-maildrop.ts';
import { listRunning } from './lease-store.ts';
import type { Lease } from './lease.ts';

/** Another profile-server on the same database may have made something due. */
const LOOK_AGAIN = 5 * SECOND;
/** Accounts of one host that are looked at in one claim. */
const MOST_READ = 500;
const NONE: Running = { all: 0, users: new Map() };

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
      await server.dueHosts.look(server.db.read, part, !wait);
      const leases = await claimDue(server, part, max);
      const left = end - Date.now();
      if (leases.length > 0 || !wait || left <= 0) return leases;
      const nextAt = server.dueHosts.findNext(part);
      const untilDue = nextAt === null ? LOOK_AGAIN : Math.max(1, nextAt - server.clock.now());
      await listener.next(Math.min(left, LOOK_AGAIN, untilDue), signal);
    }
  } finally {
    listener.close();
  }
}

async function claimDue(server: ProfileContext, part: string, max: number): Promise<Lease[]> {
  // Chosen outside of the transaction: an idle schedule should not write.
  const due = await chooseDue(server, part, max);
  if (due.length === 0) return [];
  const { leases, held } = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const leases: Lease[] = [];
    const held: { host: string; until: Millis }[] = [];
    for (const poll of due) {
      const taken = await leaseMaildrop(server, tx, poll, { part, purpose: 'poll', now });
      if (taken.lease !== null) leases.push(taken.lease);
      else if (taken.heldUntil !== null) held.push({ host: poll.host, until: taken.heldUntil });
    }
    return { leases, held };
  });
  for (const { host, expiresAt } of leases) server.dueHosts.tell(part, host, expiresAt);
  for (const { host, until } of held) server.dueHosts.tell(part, host, until);
  return leases;
}

/** What is due, in turns of the hosts, less what they have no places for now. */
async function chooseDue(server: ProfileContext, part: string, max: number): Promise<DuePoll[]> {
  const { dueHosts } = server;
  const now = server.clock.now();
  const hosts = dueHosts.list(part, now).slice(0, max);
  if (hosts.length === 0) return [];
  const running = groupRunning(await listRunning(server.db.read, part, now));
  const found = await Promise.all(
    hosts.map(async (host) => {
      const here = running.get(host) ?? NONE;
      const places = countPlaces(host, here.all, dueHosts.countTroubles(host));
      return { host, ...(await chooseOfHost(server.db.read, part, host, { now, places, running: here })) };
    }),
  );
  const chosen = takeTurns(
    found.map((host) => host.chosen),
    max,
  );
  const taken = new Set(chosen);
  for (const { host, chosen: wanted, held, next } of found) {
    const left = wanted.find((poll) => !taken.has(poll));
    if (left !== undefined) dueHosts.set(part, host, { next: left.next_at, held: null });
    // Until a session there ends, which tells us.
    else if (held !== null) dueHosts.set(part, host, { next: now + LOOK_AGAIN, held });
    else dueHosts.set(part, host, { next, held: null });
  }
  return chosen;
}

/** Users with many accounts at one host may fill the first lines: then it reads on. */
async function chooseOfHost(
  reader: Reader,
  part: string,
  host: string,
  at: { now: Millis; places: number; running: Running },
): Promise<ReturnType<typeof chooseAtHost>> {
  for (let limit = at.places + 1; ; limit *= 4) {
    const polls = await listNextOfHost(reader, part, host, limit);
    const choice = chooseAtHost(polls, at);
    const full = choice.chosen.length >= at.places;
    if (full || choice.next !== null || polls.length < limit || limit > MOST_READ) return choice;
  }
}

function groupRunning(
  rows: readonly { host: string; user: string; running: number }[],
): Map<string, Running> {
  const hosts = new Map<string, { all: number; users: Map<string, number> }>();
  for (const { host, user, running } of rows) {
    const known = hosts.get(host) ?? { all: 0, users: new Map<string, number>() };
    known.all += running;
    known.users.set(user, running);
    hosts.set(host, known);
  }
  return hosts;
}
