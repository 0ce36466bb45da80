import { SECOND, type Millis } from '../common/time.ts';
import { makeBell } from '../server-kit/bell.ts';
import type { Logger } from '../server-kit/log.ts';
import { repeat } from '../server-kit/repeat.ts';
import { backOff } from './sending/relay/relays.ts';

/** Rows that wait for a time of their own. */
export interface DueWork<T extends { at: Millis }> {
  clock: { now(): Millis };
  log: Logger;
  /** What a failure of the loop is logged as. */
  event: string;
  /** Those whose time has come and that come after `behind`, the one due longest first. */
  list(now: Millis, limit: number, behind: T | null): Promise<T[]>;
  /** When the next one after `after` is due; null when none waits. */
  readNext(after: Millis): Promise<Millis | null>;
  /** False: it could not be done yet. */
  take(one: T): Promise<boolean>;
}

export interface WatchedDue {
  /** Something may be due sooner than known so far. */
  wake: () => void;
  stop: () => Promise<void>;
}

const AT_ONCE = 100;
/** A clock that was set is noticed after this long. */
const LOOK_MS = 30 * SECOND;

/** Takes what is due as soon as it is, also what became due while the server was off. */
export function watchDue<T extends { at: Millis }>(work: DueWork<T>): WatchedDue {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = makeBell();
  /** Where the next page begins: what cannot be done yet must not keep back what comes after it. */
  let behind: T | null = null;
  const look = async (): Promise<Millis> => {
    const now = work.clock.now();
    let passed = 0;
    const due = await work.list(now, AT_ONCE, behind);
    for (const one of due) {
      if (signal.aborted) return 0;
      if (await work.take(one)) passed += 1;
    }
    behind = due.length === AT_ONCE ? (due.at(-1) ?? null) : null;
    // Pages of which none could be decided are gone through slowly: whoever is asked about them may be down.
    if (behind !== null) return passed > 0 ? 0 : SECOND;
    const next = await work.readNext(now);
    return next === null ? LOOK_MS : Math.min(Math.max(SECOND, next - now), LOOK_MS);
  };
  const onFailure = {
    log: work.log,
    event: work.event,
    pause: (failures: number) => Math.min(backOff(failures - 1), LOOK_MS),
  };
  const running = repeat(signal, onFailure, async () => {
    const { rings } = bell;
    const wait = await look();
    if (wait > 0) await bell.wait(rings, wait, signal);
  });
  return {
    wake: () => bell.ring(),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** What picks, of a table of mails of users, the rows after `behind` in the order of `at`, `user_id` and `mail`. */
export function pickBehind(
  behind: { at: Millis; user: string; mail: string | number } | null,
): readonly [text: string, params: (string | number)[]] {
  if (behind === null) return ['', []];
  const { at, user, mail } = behind;
  // The first comparison alone is one that the index on `at` answers.
  const text = 'AND at >= ? AND (at > ? OR user_id > ? OR (user_id = ? AND mail > ?))';
  return [text, [at, at, user, user, mail]];
}
