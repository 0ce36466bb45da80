import type { Millis } from '../../common/time.ts';

/** Lets callers that come within moments of each other go on together, so that their calls to another part travel in one request. */
export class SharedMoment {
  readonly #length: Millis;
  #next: Promise<void> | null = null;

  constructor(length: Millis) {
    this.#length = length;
  }

  async wait(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#next = null;
        resolve();
      }, this.#length);
    });
    await this.#next;
  }
}
