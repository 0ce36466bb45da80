import { MINUTE, SECOND, type Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { claimDeliveries, findNextDue, pullIn, releaseLeases, renewLeases } from './claim-store.ts';
import type { Claim } from './commit/change.ts';
import type { Delivery, NewMail } from './queued-mail.ts';
import type { Verdict } from './schedule/concurrency.ts';
import { makeHotMail } from './schedule/hot-mails.ts';
import { makeLanes } from './schedule/lanes.ts';
import { makeMemory } from './schedule/memory.ts';
import type { Paused } from './schedule/paused.ts';
import { makePlaces } from './schedule/places.ts';
import { makeReadyList } from './schedule/ready-list.ts';
import { turnOf } from './schedule/turn.ts';

/** A lease of a relay that died ends after this; the living renew every third of it. */
export const LEASE_LENGTH = MINUTE;
/** What waits in memory is begun only if its lease lasts for so much longer. */
const LEASE_LEFT = LEASE_LENGTH / 3;
/** Other relays on the same database queue without waking us. */
const LONGEST_SLEEP = 5 * SECOND;
/** After the database failed. */
const PAUSE_AFTER_ERROR = 2 * SECOND;
/** Due, and yet not ours to take: another relay is claiming it just now. */
const SHORTEST_SLEEP = 50;

export interface SchedulerOptions {
  database: Database;
  clock: Clock;
  log: Logger;
  /** This relay's part id. */
  owner: string;
  makeLease: () => string;
  /** One try for a delivery; rejects only when stopped. */
  deliver: (delivery: Delivery, signal: AbortSignal) => Promise<Verdict>;
  /** What nobody may try now: an administrator stopped it. Asked before each try. */
  paused: () => Paused;
  /** Deliveries under way at most, those apart that wait for slow hosts. */
  limit: number;
}

/** A new mail that is tried straight from memory as soon as it is committed with that claim. */
export interface Reservation {
  claim: Claim;
  /** It is committed. */
  begin(): void;
  /** It is not, or was queued before. */
  cancel(): void;
}

export interface Scheduler {
  /** Looks for due recipients now. */
  wake(): void;
  /** Null when it has to wait in the database for its turn. */
  reserve(mail: NewMail): Reservation | null;
  /** Gives the leases back of what waits in memory of a mail: what somebody stopped is not begun. */
  recall(mail: string): Promise<void>;
  readonly active: number;
  /** Starts nothing more, lets what runs end within `graceMs`, then interrupts it; all leases are given back. */
  stop(graceMs: number): Promise<void>;
}

/** Tries new mails from memory and takes what is due from the database, as many at once as allowed; sleeps until the next is due or somebody wakes it. */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { database, clock, log, owner, paused } = options;
  /** Aborted first: nothing more is begun. */
  const closing = new AbortController();
  /** Aborted after the grace: what still runs is interrupted. */
  const stopping = new AbortController();
  const active = new Map<string, { mail: string; lease: string; done: Promise<void> }>();
  const lanes = makeLanes();
  const ready = makeReadyList();
  const memory = makeMemory();
  const places = makePlaces(options.limit, () => {
    if (behind) wake();
    pump();
  });
  const closed = Promise.withResolvers<void>();
  let awake = Promise.withResolvers<void>();
  /** What is due when cannot be known without a look. */
  let mustLook = true;
  let lookAgainAt = 0;
  /** Something is due in the database that could not be taken yet: new mails must not overtake it for ever. */
  let behind = false;

  const wake = (): void => {
    mustLook = true;
    awake.resolve();
  };
  const release = async (delivery: Delivery): Promise<void> => {
    try {
      await releaseLeases(database, { owner, lease: delivery.lease }, clock.now());
    } catch (error) {
      // Then it is due when the lease ends.
      log.error('delivery.lease-kept', { mail: delivery.mail.id, error });
    }
  };
  const run = async (delivery: Delivery): Promise<Verdict | null> => {
    try {
      return await options.deliver(delivery, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.error('delivery.failed', { mail: delivery.mail.id, error });
      // Nothing is known to have left: due again, at once when we stop, with the lease's end otherwise.
      if (stopping.signal.aborted) await release(delivery);
      return null;
    }
  };
  const begin = (delivery: Delivery): void => {
    const { destination, lease } = delivery;
    lanes.enter(destination);
    places.take(lease);
    const carryOut = async (): Promise<void> => {
      const verdict = await run(delivery);
      active.delete(lease);
      places.give(lease);
      lanes.leave(destination, verdict);
      memory.give(delivery);
      if (behind) wake();
      pump();
    };
    active.set(lease, { mail: delivery.mail.id, lease, done: carryOut() });
  };
  const mayBegin = (destination: string): boolean =>
    places.free > 0 &&
    lanes.inUse(destination) < lanes.limitOf(destination) &&
    !paused().destinations.has(destination);
  /**
   * The next of that destination that is still ours. A relay that could not renew its leases (the database was out of its
   * reach, the machine slept) leaves the others to whoever claims them: they may be on their way by another.
   */
  const takeHeld = (destination: string): Delivery | null => {
    for (let next = ready.take(destination); next !== null; next = ready.take(destination)) {
      if (next.leaseEnds === undefined || next.leaseEnds > clock.now() + LEASE_LEFT) return next;
      memory.give(next);
      mustLook = true;
    }
    return null;
  };
  /** One of each destination in turn, until none may have more. */
  const pump = (): void => {
    if (closing.signal.aborted || paused().all) return;
    for (let begun = true; begun && ready.size > 0 && places.free > 0;) {
      begun = false;
      for (const destination of ready.destinations()) {
        const delivery = mayBegin(destination) ? takeHeld(destination) : null;
        if (delivery === null) continue;
        begin(delivery);
        begun = true;
      }
    }
  };
  const listBlocked = (): string[] => [...new Set([...lanes.listFull(), ...paused().destinations])];
  const claim = async (): Promise<number> => {
    const room = places.free;
    const now = clock.now();
    mustLook = false;
    lookAgainAt = now + LONGEST_SLEEP;
    if (room <= 0 || paused().all) {
      behind = room <= 0;
      return 0;
    }
    const blocked = listBlocked();
    const due = await findNextDue(database, blocked);
    if (due !== null && due > now) lookAgainAt = Math.min(due, lookAgainAt);
    if (due === null || due > now) {
      const hidden = blocked.length > 0 ? await findNextDue(database, [...paused().destinations]) : null;
      behind = hidden !== null && hidden <= now;
      return 0;
    }
    const deliveries = await claimDeliveries(database, {
      now,
      leaseEnds: now + LEASE_LENGTH,
      owner,
      makeLease: options.makeLease,
      max: room,
      roomFor: (destination) => lanes.limitOf(destination) - lanes.inUse(destination),
      full: blocked,
      held: (lease) => active.has(lease),
    });
    for (const delivery of deliveries) ready.add(delivery, turnOf(now, delivery.mail.priority));
    behind = true;
    mustLook = deliveries.length > 0;
    lookAgainAt = now + SHORTEST_SLEEP;
    pump();
    return deliveries.length;
  };
  /** What was claimed from memory for a destination that is paused now goes back to the queue. */
  const giveBackPaused = async (): Promise<void> => {
    const { all, destinations } = paused();
    for (const destination of ready.destinations()) {
      if (!all && !destinations.has(destination)) continue;
      for (const delivery of ready.drain(destination)) {
        memory.give(delivery);
        await release(delivery);
      }
    }
  };
  /** What was to come soon would come as much later as the clock was set back. */
  const noteClockBack = async (): Promise<void> => {
    const recipients = await pullIn(database, clock.now());
    log.warn('queue.clock-set-back', { recipients });
    mustLook = true;
  };
  const loop = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      awake = Promise.withResolvers();
      try {
        await giveBackPaused();
        if (lookAgainAt > clock.now() + LONGEST_SLEEP) await noteClockBack();
        if ((mustLook || clock.now() >= lookAgainAt) && (await claim()) > 0) continue;
        if (mustLook) continue;
        await sleep(
          Math.min(Math.max(lookAgainAt - clock.now(), SHORTEST_SLEEP), LONGEST_SLEEP),
          awake.promise,
        );
      } catch (error) {
        log.error('queue.failed', { error });
        mustLook = true;
        await sleep(PAUSE_AFTER_ERROR, closed.promise);
      }
    }
  };
  const renew = async (): Promise<void> => {
    const now = clock.now();
    const ends = now + LEASE_LENGTH;
    const waiting = ready.deliveries();
    const held = waiting.map(({ mail, lease }) => ({ mail: mail.id, lease }));
    await renewLeases(database, [...active.values(), ...held], ends);
    // What had ended may have gone to another before.
    for (const one of waiting) if (one.leaseEnds !== undefined && one.leaseEnds > now) one.leaseEnds = ends;
  };
  const renewing = setInterval(() => {
    renew().catch((error: unknown) => log.error('queue.renew-failed', { error }));
  }, LEASE_LENGTH / 3);

  await pullIn(database, clock.now());
  const resumed = await releaseLeases(database, { owner }, clock.now());
  if (resumed > 0) log.info('queue.resumed', { recipients: resumed });
  const looping = loop();

  return {
    wake: () => {
      wake();
      pump();
    },
    reserve: (mail) => {
      const { all, destinations } = paused();
      if (closing.signal.aborted || all || ready.size + active.size >= memory.mostDeliveries) return null;
      const ends = clock.now() + LEASE_LENGTH;
      const { claim: hot, deliveries } = makeHotMail(mail, { owner, ends, makeLease: options.makeLease });
      const fits = deliveries.every(
        ({ destination }) =>
          !destinations.has(destination) &&
          !(behind && ready.count(destination) >= lanes.limitOf(destination)),
      );
      if (!fits || !memory.take(deliveries)) return null;
      return {
        claim: hot,
        begin: () => {
          for (const delivery of deliveries) ready.add(delivery, turnOf(mail.queuedAt, mail.priority));
          pump();
        },
        cancel: () => deliveries.forEach((delivery) => memory.give(delivery)),
      };
    },
    recall: async (mail) => {
      for (const delivery of ready.withdraw(mail)) {
        memory.give(delivery);
        await releaseLeases(database, { owner, lease: delivery.lease }, clock.now());
      }
    },
    get active() {
      return active.size;
    },
    stop: async (graceMs) => {
      closing.abort();
      closed.resolve();
      awake.resolve();
      await looping;
      const ended = Promise.allSettled([...active.values()].map(({ done }) => done)).then(() => undefined);
      await sleep(graceMs, ended);
      stopping.abort();
      await ended;
      clearInterval(renewing);
      await releaseLeases(database, { owner }, clock.now());
    },
  };
}

async function sleep(ms: number, early: Promise<void>): Promise<void> {
  const timer = Promise.withResolvers<void>();
  const handle = setTimeout(timer.resolve, ms);
  await Promise.race([timer.promise, early]);
  clearTimeout(handle);
}
