import { MINUTE, SECOND, type Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { claimDeliveries, findNextDue, releaseLeases, renewLeases } from './claim-store.ts';
import type { Delivery } from './queued-mail.ts';

/** A lease of a relay that died ends after this; the living renew every third of it. */
export const LEASE_LENGTH = MINUTE;
/** Other relays on the same database queue without waking us. */
const LONGEST_SLEEP = 5 * SECOND;
/** After the database failed. */
const PAUSE_AFTER_ERROR = 2 * SECOND;
/** Due, and yet not ours to take: another relay is claiming it just now. */
const SHORTEST_SLEEP = 50;

/** Destinations as `destinationOf` writes them. */
export interface Paused {
  all: boolean;
  destinations: ReadonlySet<string>;
}
export const NOTHING_PAUSED: Paused = { all: false, destinations: new Set() };

export interface SchedulerOptions {
  database: Database;
  clock: Clock;
  log: Logger;
  /** This relay's part id. */
  owner: string;
  makeLease: () => string;
  /** One try for a delivery; rejects only when stopped or when the database fails. */
  deliver: (delivery: Delivery, signal: AbortSignal) => Promise<void>;
  /** What nobody may claim now: an administrator stopped it. Asked before each claim. */
  paused: () => Paused;
  /** Deliveries under way at most, all in all and for each destination. */
  limits: { all: number; perDestination: number };
}

export interface Scheduler {
  /** Looks for due recipients now. */
  wake(): void;
  readonly active: number;
  /** Starts nothing more, lets what runs end within `graceMs`, then interrupts it; all leases are given back. */
  stop(graceMs: number): Promise<void>;
}

/** Takes what is due and hands it out, as many at once as allowed; sleeps until the next is due or somebody wakes it. */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { database, clock, log, owner, limits } = options;
  /** Aborted first: nothing more is begun. */
  const closing = new AbortController();
  /** Aborted after the grace: what still runs is interrupted. */
  const stopping = new AbortController();
  const active = new Map<string, { delivery: Delivery; done: Promise<void> }>();
  const usage = new Map<string, number>();
  const closed = Promise.withResolvers<void>();
  let awake = Promise.withResolvers<void>();

  const listFull = (): string[] => {
    const full = [...usage].filter(([, count]) => count >= limits.perDestination);
    return [...new Set([...full.map(([destination]) => destination), ...options.paused().destinations])];
  };

  const run = async (delivery: Delivery): Promise<void> => {
    try {
      await options.deliver(delivery, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) log.error('delivery.failed', { mail: delivery.mail.id, error });
      // Nothing is known to have left: due again, at once when we stop, with the lease's end otherwise.
      if (stopping.signal.aborted) {
        await releaseLeases(database, { owner, lease: delivery.lease }, clock.now());
      }
    }
  };
  const end = (delivery: Delivery): void => {
    active.delete(delivery.lease);
    const left = (usage.get(delivery.destination) ?? 1) - 1;
    if (left === 0) usage.delete(delivery.destination);
    else usage.set(delivery.destination, left);
    awake.resolve();
  };
  const begin = (delivery: Delivery): void => {
    usage.set(delivery.destination, (usage.get(delivery.destination) ?? 0) + 1);
    const done = run(delivery)
      .catch((error: unknown) => log.error('delivery.lease-kept', { mail: delivery.mail.id, error }))
      .finally(() => end(delivery));
    active.set(delivery.lease, { delivery, done });
  };
  const claim = async (): Promise<number> => {
    const room = limits.all - active.size;
    if (room <= 0 || options.paused().all) return 0;
    const now = clock.now();
    const due = await findNextDue(database, listFull());
    if (due === null || due > now) return 0;
    const deliveries = await claimDeliveries(database, {
      now,
      leaseEnds: now + LEASE_LENGTH,
      owner,
      makeLease: options.makeLease,
      max: room,
      roomFor: (destination) => limits.perDestination - (usage.get(destination) ?? 0),
      full: listFull(),
    });
    for (const delivery of deliveries) begin(delivery);
    return deliveries.length;
  };
  const sleepTime = async (): Promise<number> => {
    if (active.size >= limits.all || options.paused().all) return LONGEST_SLEEP;
    const due = await findNextDue(database, listFull());
    return due === null
      ? LONGEST_SLEEP
      : Math.min(Math.max(due - clock.now(), SHORTEST_SLEEP), LONGEST_SLEEP);
  };
  const loop = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      awake = Promise.withResolvers();
      try {
        if ((await claim()) > 0) continue;
        await sleep(await sleepTime(), awake.promise);
      } catch (error) {
        log.error('queue.failed', { error });
        await sleep(PAUSE_AFTER_ERROR, closed.promise);
      }
    }
  };
  const renewing = setInterval(() => {
    renewLeases(database, [...active.keys()], clock.now() + LEASE_LENGTH).catch((error: unknown) =>
      log.error('queue.renew-failed', { error }),
    );
  }, LEASE_LENGTH / 3);

  const resumed = await releaseLeases(database, { owner }, clock.now());
  if (resumed > 0) log.info('queue.resumed', { recipients: resumed });
  const looping = loop();

  return {
    wake: () => awake.resolve(),
    get active() {
      return active.size;
    },
    stop: async (graceMs) => {
      closing.abort();
      closed.resolve();
      awake.resolve();
      await looping;
      const ended = Promise.all([...active.values()].map((one) => one.done)).then(() => undefined);
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
