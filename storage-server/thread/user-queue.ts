import type { Millis } from '../../common/time.ts';

/**
 * Users for whom there is something to do behind their backs, each once. Who was served goes behind all others who
 * wait, so new mail of one never waits for all of another's import. What changes again and again is left to settle.
 */
export class UserQueue {
  readonly #settle: Millis;
  readonly #patience: Millis;
  readonly #waiting = new Map<string, { due: Millis; latest: Millis }>();
  readonly #sleepers = new Set<() => void>();
  #stopped = false;

  /** A user is served `settle` after his last change, and `patience` after the first at the latest. */
  constructor(settle: Millis, patience: Millis) {
    this.#settle = settle;
    this.#patience = patience;
  }

  touch(user: string): void {
    const now = Date.now();
    const latest = this.#waiting.get(user)?.latest ?? now + this.#patience;
    this.#waiting.set(user, { due: Math.min(now + this.#settle, latest), latest });
    this.#wake();
  }

  /** There is more to do for him; at once, or after a pause. */
  putBack(user: string, pause: Millis = 0): void {
    const due = Date.now() + pause;
    this.#waiting.delete(user);
    this.#waiting.set(user, { due, latest: due });
    this.#wake();
  }

  /** To the front: somebody waits for it. */
  hurry(user: string): void {
    this.#waiting.set(user, { due: 0, latest: 0 });
    this.#wake();
  }

  /** Who is served next; null when nobody is due within `most`, or after `stop`. */
  async take(most: Millis): Promise<string | null> {
    const end = Date.now() + most;
    while (!this.#stopped) {
      let first: { user: string; due: Millis } | null = null;
      for (const [user, { due }] of this.#waiting) {
        if (first === null || due < first.due) first = { user, due };
      }
      const now = Date.now();
      if (first !== null && first.due <= now) {
        this.#waiting.delete(first.user);
        return first.user;
      }
      const until = Math.min(end, first?.due ?? end);
      if (until <= now) return null;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, until - now);
        this.#sleepers.add(wake);
      });
    }
    return null;
  }

  /** Whether somebody is due now. */
  isWaited(): boolean {
    const now = Date.now();
    return [...this.#waiting.values()].some(({ due }) => due <= now);
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#sleepers) wake();
  }
}
