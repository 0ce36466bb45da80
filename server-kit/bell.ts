import type { Millis } from '../common/time.ts';

/** Wakes within this process whoever waits for something to look at. */
export interface Bell {
  /** How often it rang: taken before looking, so that a ring between looking and waiting is not lost. */
  readonly rings: number;
  ring(): void;
  /** Resolves at once if it rang since `rings`, else at the next ring, after `ms`, or when `signal` aborts. */
  wait(rings: number, ms: Millis, signal: AbortSignal | undefined): Promise<void>;
}

export function makeBell(): Bell {
  const waiting = new Set<() => void>();
  let rings = 0;
  return {
    get rings() {
      return rings;
    },
    ring: () => {
      rings += 1;
      for (const wake of waiting) wake();
    },
    wait: async (seen, ms, signal) => {
      if (seen !== rings || signal?.aborted === true) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
  };
}
