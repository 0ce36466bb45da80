import type { Millis } from '../../../common/time.ts';

/** Lets callers that come within moments of each other go on together, so that their calls to another part travel in one request. */
export class SharedMoment {
  #next: Promise<void> | null = null;

  /** Until the moment under way ends; without one, for `length`. */
  async wait(length: Millis): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#next = null;
        resolve();
      }, length);
    });
    await this.#next;
  }
}
