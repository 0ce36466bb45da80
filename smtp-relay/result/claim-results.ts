import type { Bell } from '../../server-kit/bell.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Result } from './result.ts';
import { dropResults, readResults } from './result-store.ts';

/** A waiting call ends after this long, before proxies lose patience. */
const WAIT_LIMIT_MS = 25_000;
/** Another relay on the same database cannot ring our bell: look again this often. */
const LOOK_AGAIN_MS = 2000;
/** Of one answer; JSON and tRPC add little. */
const ANSWER_BYTES = 1 << 20;

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
