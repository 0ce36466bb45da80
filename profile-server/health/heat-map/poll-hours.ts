import { HOUR, SECOND, type Millis } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { PollResult } from '../../schedule/poll-result.ts';
import { addHours, findGroupsOf, type HourRecord } from './poll-hour-store.ts';

/** What a crash may lose of a picture that people look at. */
const WRITE_EVERY = 10 * SECOND;

/** No fault of the provider's: somebody else was there, or it was too soon. */
const NO_FAULT: ReadonlySet<string> = new Set([
  'in-use',
  'too-soon',
  'login-delay',
  'disk-full',
  'unavailable',
]);

/** Counts polls in memory and writes their sums every few seconds: a row for each poll would cost what the poll costs. */
export class PollHours {
  readonly #db: Database;
  #counted = new Map<string, { user: string; hour: number; host: string; polls: number; failed: number }>();
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(db: Database) {
    this.#db = db;
  }

  count(user: string, host: string, result: PollResult, now: Millis): void {
    const hour = Math.floor(now / HOUR);
    const key = JSON.stringify([user, host, hour]);
    const sum = this.#counted.get(key) ?? { user, hour, host, polls: 0, failed: 0 };
    sum.polls += 1;
    if (!result.ok && !NO_FAULT.has(result.error.code)) sum.failed += 1;
    this.#counted.set(key, sum);
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), WRITE_EVERY).unref();
  }

  /** Writes what was counted; before somebody reads, and when the server stops. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const counted = [...this.#counted.values()];
    this.#counted = new Map();
    const write = this.#writing.then(async () => await this.#write(counted));
    this.#writing = write.catch(() => undefined);
    await write;
  }

  async #write(
    counted: readonly { user: string; hour: number; host: string; polls: number; failed: number }[],
  ) {
    if (counted.length === 0) return;
    const groups = await findGroupsOf(this.#db.read, [...new Set(counted.map(({ user }) => user))]);
    const sums = new Map<string, HourRecord>();
    for (const { user, hour, host, polls, failed } of counted) {
      const user_group = groups.get(user) ?? '';
      const key = JSON.stringify([hour, host, user_group]);
      const sum = sums.get(key) ?? { hour, host, user_group, polls: 0, failed: 0 };
      sums.set(key, { ...sum, polls: sum.polls + polls, failed: sum.failed + failed });
    }
    // Always in the same order: two processes that write the same rows never wait for each other in a circle.
    const rows = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await this.#db.write(async (tx) => await addHours(tx, rows));
  }
}
