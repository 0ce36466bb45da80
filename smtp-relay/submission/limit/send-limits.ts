import { MINUTE, SECOND, type Clock, type Millis } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { MAX_MESSAGE_SIZE, MAX_RECIPIENTS } from '../largest.ts';
import { SubmissionRefusal } from '../refusal.ts';
import { hourOf, judgeRate, type HourCounts, type UserLimits } from './limit-rule.ts';
import {
  addCount,
  dropCounts,
  listUserLimits,
  readCounts,
  readUserLimits,
  writeUserLimits,
} from './limit-store.ts';

/** What each user may submit, counted in the database by all relays together. */
export interface SendLimits {
  /** Before a mail begins. Throws SubmissionRefusal 450 4.7.1 while the hour's recipients are used up. */
  demandRoom(user: string): Promise<void>;
  /** Throws 452 4.5.3 for a recipient too many, the `count`th. */
  demandRecipient(user: string, count: number): Promise<void>;
  /** Throws 552 5.3.4 for a message of too many bytes. */
  demandSize(user: string, size: number): Promise<void>;
  /** Counts a mail that is in, before it is queued; as `demandRoom` where others of the user have used up the hour meanwhile. */
  takeRoom(user: string, recipients: number): Promise<void>;
  /** It was not queued after all. */
  giveRoom(user: string, recipients: number): void;
  /** What everybody may send, and who may something else. */
  list(): Promise<{ perHour: number | null; limits: (UserLimits & { user: string })[] }>;
  /** All null: as everybody. Other relays know of it within seconds. */
  set(user: string, limits: UserLimits): Promise<void>;
  stop(): Promise<void>;
}

/** Limits that were changed, and what other relays counted, are known after this long. */
const FRESH = 2 * SECOND;
const WRITE_EVERY_MS = 1000;

interface Known {
  at: Millis;
  hour: number;
  limits: UserLimits;
  counts: HourCounts;
  /** Counted here and not written yet. */
  pending: number;
}

/** `perHour`: recipients an hour of whoever has no limit of his own; null: no limit. */
export function makeSendLimits(options: {
  database: Database;
  clock: Clock;
  log: Logger;
  perHour: number | null;
}): SendLimits {
  const { database, clock, log, perHour } = options;
  const known = new Map<string, Known>();
  let writing = Promise.resolve();

  const look = async (user: string): Promise<Known> => {
    const now = clock.now();
    const hour = hourOf(now);
    const before = known.get(user);
    if (before !== undefined && before.hour === hour && now - before.at < FRESH && now >= before.at) {
      return before;
    }
    const own = await readUserLimits(database.read, user);
    const limits = {
      perHour: own?.perHour ?? perHour,
      recipients: own?.recipients ?? MAX_RECIPIENTS,
      size: own?.size ?? MAX_MESSAGE_SIZE,
    };
    const counts =
      limits.perHour === null ? { before: 0, current: 0 } : await readCounts(database.read, user, hour);
    const entry = { at: now, hour, limits, counts, pending: known.get(user)?.pending ?? 0 };
    known.set(user, entry);
    return entry;
  };
  const write = async (): Promise<void> => {
    const hour = hourOf(clock.now());
    const taken = [...known].filter(([, one]) => one.pending > 0);
    const counted = taken.map(([user, one]) => ({ user, one, recipients: one.pending }));
    if (counted.length > 0) {
      await database.write(async (tx) => {
        for (const { user, recipients } of counted) await addCount(tx, user, hour, recipients);
        await dropCounts(tx, hour - 1);
      });
    }
    for (const { user, one, recipients } of counted) {
      const now = known.get(user);
      if (now !== undefined) now.pending -= recipients;
      // What was read anew meanwhile has it already, or will.
      if (now === one) one.counts.current += recipients;
    }
    const old = clock.now() - MINUTE;
    for (const [user, one] of known) if (one.pending === 0 && one.at < old) known.delete(user);
  };
  const writeAll = (): void => {
    writing = writing.then(write).catch((error: unknown) => log.warn('submission.count', { error }));
  };
  const timer = setInterval(writeAll, WRITE_EVERY_MS);
  timer.unref();
  const judge = ({ limits, counts, pending }: Known): void => {
    const used = { before: counts.before, current: counts.current + pending };
    const wait = judgeRate(limits.perHour, used, clock.now());
    if (wait === 0) return;
    const text = `limit of ${limits.perHour} recipients an hour reached, try again in ${wait} s`;
    throw new SubmissionRefusal(450, '4.7.1', text);
  };
  const count = (user: string, recipients: number): void => {
    const one = known.get(user);
    if (one !== undefined && one.limits.perHour !== null) one.pending += recipients;
  };
  return {
    demandRoom: async (user) => judge(await look(user)),
    takeRoom: async (user, recipients) => {
      const seen = await look(user);
      // Looked at and counted in one go: many come at once.
      judge(known.get(user) ?? seen);
      count(user, recipients);
    },
    giveRoom: (user, recipients) => count(user, -recipients),
    demandRecipient: async (user, count) => {
      const { recipients } = (await look(user)).limits;
      if (recipients !== null && count > recipients) {
        throw new SubmissionRefusal(452, '4.5.3', `no more than ${recipients} recipients in one mail`);
      }
    },
    demandSize: async (user, size) => {
      const { limits } = await look(user);
      if (limits.size !== null && size > limits.size) {
        throw new SubmissionRefusal(552, '5.3.4', `message larger than ${limits.size} bytes`);
      }
    },
    list: async () => ({ perHour, limits: await listUserLimits(database.read) }),
    set: async (user, limits) => {
      await database.write(async (tx) => await writeUserLimits(tx, user, limits));
      const one = known.get(user);
      if (one !== undefined) one.at = 0;
    },
    stop: async () => {
      clearInterval(timer);
      writeAll();
      await writing;
    },
  };
}
