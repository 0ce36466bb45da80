/** What a waiting call can be woken by. A lost hint costs time, never truth: waiters read the database again. */
export type Topic =
  | 'revocation'
  | 'change'
  | 'schedule'
  | 'device'
  | 'notice'
  | 'rotation'
  | 'alert'
  | 'unsettled'
  | 'departure'
  | 'initial-password'
  | 'opened'
  | `user:${string}`
  | `oauth:${string}`
  | `oidc:${string}`;

export interface HintListener {
  /** Resolves at a hint since the last call, after `ms`, or when `signal` aborts; never rejects. */
  next(ms: number, signal?: AbortSignal): Promise<void>;
  close(): void;
}

/** "Something changed" within this process, by topic. */
export class Hints {
  readonly #listeners = new Map<Topic, Set<() => void>>();

  give(topic: Topic): void {
    for (const wake of this.#listeners.get(topic) ?? []) wake();
  }

  /** To all topics that begin like this. */
  giveEach(start: 'user:'): void {
    for (const topic of this.#listeners.keys()) if (topic.startsWith(start)) this.give(topic);
  }

  /** Begin listening before reading the database, so that no change falls between. */
  listen(topic: Topic): HintListener {
    let given = false;
    let resume: (() => void) | null = null;
    const wake = (): void => {
      given = true;
      resume?.();
    };
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(wake));
    return {
      next: async (ms, signal) => {
        if (!given && signal?.aborted !== true) {
          await new Promise<void>((resolve) => {
            const finish = (): void => {
              clearTimeout(timer);
              signal?.removeEventListener('abort', finish);
              resume = null;
              resolve();
            };
            const timer = setTimeout(finish, ms);
            signal?.addEventListener('abort', finish, { once: true });
            resume = finish;
          });
        }
        given = false;
      },
      close: () => {
        listeners.delete(wake);
        if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
      },
    };
  }
}
