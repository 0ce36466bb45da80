import type { Database } from '../../server-kit/database/database.ts';
import type { Result } from './result.ts';
import { dropResults, readResults } from './result-store.ts';

/** A waiting call ends after this long, before proxies lose patience. */
const WAIT_LIMIT_MS = 25_000;
/** Another relay on the same database cannot ring our bell: look again this often. */
const LOOK_AGAIN_MS = 2000;
/** Of one answer; JSON and tRPC add little. */
const ANSWER_BYTES = 1 << 20;

/** Rings when something was written for a home, wakes who waits for it. */
export interface Bell {
  /** How often it rang: taken before looking, so that a ring between looking and waiting is not lost. */
  readonly rings: number;
  ring(): void;
  /** Resolves at once if it rang since `rings`, else at the next ring, after `ms`, or when `signal` aborts. */
  wait(rings: number, ms: number, signal: AbortSignal | undefined): Promise<void>;
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

export interface ClaimResultsOptions {
  home: string;
  /** Everything up to this seq is durable at the home. */
  ack: number;
  wait: boolean;
  signal: AbortSignal | undefined;
}

/** Results of `home` after `ack`; with `wait` it answers as soon as there are some, else empty after 25 s. */
export async function claimResults(
  context: { database: Database; bell: Bell; stopping: AbortSignal },
  options: ClaimResultsOptions,
): Promise<Result[]> {
  const { database, bell, stopping } = context;
  const after = await dropResults(database, options.home, options.ack);
  const signal = options.signal ? AbortSignal.any([options.signal, stopping]) : stopping;
  const end = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const { rings } = bell;
    const results = await readResults(database, options.home, after, ANSWER_BYTES);
    const left = end - performance.now();
    if (results.length > 0 || !options.wait || left <= 0 || signal.aborted) return results;
    await bell.wait(rings, Math.min(left, LOOK_AGAIN_MS), signal);
  }
}
