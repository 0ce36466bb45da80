import { DAY, MINUTE, SECOND } from '../../common/time.ts';
import { repeat } from '../../server-kit/repeat.ts';
import type { StorageCore } from '../context.ts';
import { UserQueue } from '../thread/user-queue.ts';
import { followNext, settleOver } from './follow-use.ts';
import { readLocalMonth } from './local-month.ts';
import { reportHoldings, reportUse } from './report-use.ts';
import { findBehind, forgetMonths, listHolders } from './use-store.ts';

/** Counting gives way to everything else; a wait is counted in classes, the smallest of five minutes. */
const SETTLE = 20 * SECOND;
const PATIENCE = MINUTE;
const REPORT_EVERY = 10 * MINUTE;
/** What users hold is wanted soon after a start. */
const FIRST_REPORT = MINUTE;
/** Months whose counts the profile-server has long since made a report of. */
const MONTHS_KEPT = 70 * DAY;

export type StatisticsCore = Pick<
  StorageCore,
  'clock' | 'db' | 'events' | 'home' | 'ids' | 'log' | 'profile'
>;

/** Begins with what an earlier run left uncounted; the returned function stops it. */
export async function startStatistics(
  core: StatisticsCore,
  timing = { settle: SETTLE, patience: PATIENCE, reportEvery: REPORT_EVERY },
): Promise<() => Promise<void>> {
  const { log } = core;
  const queue = new UserQueue(timing.settle, timing.patience);
  /** Whose holdings may be others than the profile-server was told last. */
  const holders = new Set(await listHolders(core.db.read));
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type !== 'changed') return;
    queue.touch(user);
    holders.add(user);
  });
  for (const user of await findBehind(core.db.read)) queue.touch(user);
  const stopping = new AbortController();
  const { signal } = stopping;
  let reportAt = Date.now() + Math.min(timing.reportEvery, FIRST_REPORT);
  const report = async (): Promise<void> => {
    reportAt = Date.now() + timing.reportEvery;
    while ((await settleOver(core)) > 0 && !signal.aborted);
    const { month } = readLocalMonth(core.clock.now() - MONTHS_KEPT, null);
    await core.db.write(async (tx) => await forgetMonths(tx, month));
    await reportUse(core, signal);
    await reportHoldings(core, holders, signal);
  };
  const working = repeat(signal, { log, event: 'use.stopped', pause: () => MINUTE }, async () => {
    if (reportAt <= Date.now()) await report();
    const user = await queue.take(Math.max(0, reportAt - Date.now()));
    if (user === null) return;
    try {
      if (await followNext(core, user)) queue.putBack(user);
    } catch (error) {
      if (signal.aborted) return;
      log.warn('use.failed', { error, user });
      queue.putBack(user, MINUTE);
    }
  });
  return async () => {
    stopping.abort();
    unsubscribe();
    queue.stop();
    await working;
  };
}
