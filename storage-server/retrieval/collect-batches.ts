import type { Millis } from '../../common/time.ts';

/** A transaction, its sync and the pages of indexes that it rewrites cost little more for many mails than for one; what is not committed is retrieved again. */
const MOST = { messages: 350, bytes: 8 << 20 };
/** The first ones are in the list at once, so that somebody who waits has something to read. */
const FIRST_MESSAGES = 25;
/** As long as nothing is under way, a batch of so many bytes is worth one: then little is left to do when the last message comes. */
const WORTH = 1 << 20;
/** Of what is still to come a batch takes no more than this part: nobody works beside the last one, so that the last ones are small. */
const PART = 1 / 2;
/** From a slow server a batch does not wait to be full. */
const LONGEST_WAIT: Millis = 2000;
/** One batch is hashed and written while another is committed. */
const AT_ONCE = 2;

/** Gathers what a session retrieves into batches for the store, two of them under way at most. */
export class BatchCollector<T> {
  readonly #store: (batch: T[]) => Promise<void>;
  /** Under way, the oldest first. */
  readonly #storing: Promise<void>[] = [];
  #batch: T[] = [];
  #bytes = 0;
  #limit = FIRST_MESSAGES;
  #timer: NodeJS.Timeout | null = null;
  #failure: { error: unknown } | null = null;

  constructor(store: (batch: T[]) => Promise<void>) {
    this.#store = store;
  }

  /**
   * Waits where the store is slower than the server; `left`: bytes that are to come after this one, as the server says. Throws
   * what storing an earlier batch failed with.
   */
  async add(one: T, bytes: number, left: number): Promise<void> {
    this.#batch.push(one);
    this.#bytes += bytes;
    const idle = this.#storing.length === 0 && this.#bytes >= WORTH;
    if (idle || this.#batch.length >= this.#limit || this.#bytes >= this.#decideMost(left)) {
      while (this.#storing.length >= AT_ONCE) await this.#storing[0];
      this.#begin();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        if (this.#storing.length < AT_ONCE) this.#begin();
      }, LONGEST_WAIT);
    }
    this.#throwFailure();
  }

  /** Stores what is there, and waits for all. */
  async finish(): Promise<void> {
    this.#begin();
    await this.settle();
    this.#throwFailure();
  }

  /** Begins nothing more, and waits for what is under way. */
  async settle(): Promise<void> {
    this.#stopTimer();
    await Promise.all(this.#storing);
  }

  /** A server that said too little is at its end, or it is not known where that is. */
  #decideMost(left: number): number {
    if (left <= 0) return MOST.bytes;
    return Math.min(MOST.bytes, Math.max(WORTH, PART * (this.#bytes + left)));
  }

  #begin(): void {
    this.#stopTimer();
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#bytes = 0;
    this.#limit = MOST.messages;
    const storing = this.#store(batch)
      .catch((error: unknown) => void (this.#failure ??= { error }))
      .then(() => void this.#storing.splice(this.#storing.indexOf(storing), 1));
    this.#storing.push(storing);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
