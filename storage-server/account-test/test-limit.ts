import { MailError } from '../../common/errors.ts';
import { MINUTE, SECOND, type Clock } from '../../common/time.ts';

const MOST = 30;
const WITHIN = 10 * MINUTE;
const MOST_AT_ONCE = 4;

/** Tests of settings that are not saved could be used to try passwords elsewhere in our name: so many for each user, and no more. */
export class TestLimit {
  readonly #clock: Clock;
  readonly #begun = new Map<string, number[]>();
  readonly #running = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** MailError `too-many-tries` with the time until the next. */
  async run<T>(user: string, work: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const begun = (this.#begun.get(user) ?? []).filter((at) => at > now - WITHIN);
    const running = this.#running.get(user) ?? 0;
    if (begun.length >= MOST || running >= MOST_AT_ONCE) {
      const wait = begun.length >= MOST ? (begun[0]! + WITHIN - now) / SECOND : 5;
      throw new MailError('too-many-tries', 'too many account tests', { retryAfter: Math.ceil(wait) });
    }
    this.#begun.set(user, [...begun, now]);
    this.#running.set(user, running + 1);
    try {
      return await work();
    } finally {
      const left = (this.#running.get(user) ?? 1) - 1;
      if (left === 0) this.#running.delete(user);
      else this.#running.set(user, left);
      this.#forgetIdle(now);
    }
  }

  #forgetIdle(now: number): void {
    for (const [user, begun] of this.#begun)
      if ((begun.at(-1) ?? 0) <= now - WITHIN) this.#begun.delete(user);
  }
}
