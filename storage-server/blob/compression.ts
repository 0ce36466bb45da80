import { MINUTE, SECOND, type Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { FIRST_RAW, type RawPlace } from './compress-pack.ts';
import type { BlobWorkers } from './worker-client.ts';

/** When what came in is compressed. */
export interface CompressionTiming {
  /** So long after the last of it: who receives mail, and who indexes it then, has the machine to himself. */
  quiet: Millis;
  /** So long after the first of it in any case, or a long import would fill the disk with uncompressed mail. */
  patience: Millis;
  /** After a failure, such as a full disk. */
  again: Millis;
}

const TIMING: CompressionTiming = { quiet: 30 * SECOND, patience: 2 * MINUTE, again: 5 * MINUTE };

/**
 * Compresses behind people's backs what was stored as it came: step by step, resting as long as each took, so that it has half of
 * one core at most. Nothing is lost when it fails or ends in the middle: what is not compressed stands as it came, and the next pass,
 * of the next process too, goes on.
 */
export class Compression {
  readonly #workers: BlobWorkers;
  readonly #log: Logger;
  readonly #timing: CompressionTiming;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  /** When the first and the last of what no pass has begun with was stored. */
  #first: Millis | null = null;
  #last: Millis = 0;
  #pass: Promise<void> | null = null;

  /** Begins with what an earlier process left. */
  constructor(workers: BlobWorkers, log: Logger, timing: CompressionTiming = TIMING) {
    this.#workers = workers;
    this.#log = log;
    this.#timing = timing;
    this.touch();
  }

  /** Something is stored. */
  touch(): void {
    this.#last = performance.now();
    this.#first ??= this.#last;
    if (this.#timer === null && this.#pass === null) this.#plan();
  }

  /** All that is stored now, at once and without rest. Throws what hinders it. */
  async finish(): Promise<void> {
    await this.#pass;
    await this.#compressAll(async () => undefined);
  }

  /** A step that is under way is finished. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#pass;
  }

  #plan(atLeast: Millis = 0): void {
    if (this.#stopping.signal.aborted || this.#first === null) return;
    const { quiet, patience } = this.#timing;
    const due = Math.min(this.#last + quiet, this.#first + patience);
    const wait = Math.max(atLeast, due - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#last + quiet > performance.now() && performance.now() < this.#first! + patience) this.#plan();
      else this.#pass = this.#run();
    }, wait).unref();
  }

  async #run(): Promise<void> {
    let pause = 0;
    this.#first = null;
    try {
      await this.#compressAll(async (took) => await this.#rest(took));
    } catch (error) {
      this.#log.warn('blob.compression-failed', { error });
      this.#first = performance.now();
      pause = this.#timing.again;
    }
    this.#pass = null;
    this.#plan(pause);
  }

  async #compressAll(rest: (took: Millis) => Promise<void>): Promise<void> {
    await this.#workers.askAll({ kind: 'leave-pack' });
    let from: RawPlace | null = FIRST_RAW;
    while (from !== null && !this.#stopping.signal.aborted) {
      const begun = performance.now();
      from = await this.#workers.ask({ kind: 'compress', from });
      await rest(performance.now() - begun);
    }
  }

  /** Longer while more comes in. */
  async #rest(took: Millis): Promise<void> {
    const busy = performance.now() - this.#last < SECOND;
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, busy ? 5 * took : took).unref();
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
