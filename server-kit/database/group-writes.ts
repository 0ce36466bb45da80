import type { Millis } from '../../common/time.ts';
import type { Database, Writer } from './database.ts';

interface Waiting {
  work: (tx: Writer) => Promise<unknown>;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** More in one transaction would keep others waiting. */
const MOST_AT_ONCE = 100;

/**
 * Small writes of many callers that come within moments of each other become one transaction: a sync costs as much
 * for one as for fifty. Each caller hears of its own result only after the commit. One that fails does so alone:
 * the others are then written one by one, so every `work` must be repeatable.
 */
export class GroupWrites {
  readonly #db: Database;
  readonly #gatherFor: Millis;
  #waiting: Waiting[] = [];

  constructor(db: Database, gatherFor: Millis) {
    this.#db = db;
    this.#gatherFor = gatherFor;
  }

  async write<T>(work: (tx: Writer) => Promise<T>): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#waiting.length === 1) setTimeout(() => void this.#writeAll(), this.#gatherFor);
      if (this.#waiting.length >= MOST_AT_ONCE) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    try {
      const values = await this.#db.write(async (tx) => {
        const values: unknown[] = [];
        for (const { work } of group) values.push(await work(tx));
        return values;
      });
      for (const [index, { resolve }] of group.entries()) resolve(values[index] as never);
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error);
      for (const one of group) await this.#writeAlone(one);
    }
  }

  async #writeAlone({ work, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve((await this.#db.write(work)) as never);
    } catch (error) {
      reject(error);
    }
  }
}
