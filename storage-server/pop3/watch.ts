/** A timer that runs out after `limit` ms without progress. Progress is only a note of the time, so it may be told often. */
export class Watch {
  readonly #limit: number;
  readonly #onExpired: () => void;
  #timer: NodeJS.Timeout | null = null;
  #last = 0;

  constructor(limit: number, onExpired: () => void) {
    this.#limit = limit;
    this.#onExpired = onExpired;
  }

  /** Begins to watch, or goes on. */
  start(): void {
    if (this.#timer !== null) return;
    this.#last = performance.now();
    this.#arm(this.#limit);
  }

  progress(): void {
    this.#last = performance.now();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #arm(delay: number): void {
    this.#timer = setTimeout(() => {
      const left = this.#last + this.#limit - performance.now();
      if (left > 1) return this.#arm(left);
      this.#timer = null;
      this.#onExpired();
    }, delay);
  }
}
