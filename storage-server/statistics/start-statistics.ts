import { DAY, MINUTE, SECOND } from '../../common/time.ts';
import { followUsers } from '../background/follow-users.ts';
import type { StorageCore } from '../context.ts';
import { followNext, settleOver } from './follow-use.ts';
import { readLocalMonth } from './local-month.ts';
import { reportHoldings, reportUse } from './report-use.ts';
import { forgetMonths, listHolders } from './use-store.ts';

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
  /** Whose holdings may be others than the profile-server was told last. */
  const holders = new Set(await listHolders(core.db.read));
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type === 'changed') holders.add(user);
  });
  const stop = await followUsers(core, {
    name: 'use',
    cursors: 'use_cursor',
    settle: timing.settle,
    patience: timing.patience,
    pause: MINUTE,
    firstLook: Math.min(timing.reportEvery, FIRST_REPORT),
    lookEvery: timing.reportEvery,
    look: async (signal) => {
      await report(core, holders, signal);
      return false;
    },
    follow: async (user) => await followNext(core, user),
  });
  return async () => {
    unsubscribe();
    await stop();
  };
}

async function report(core: StatisticsCore, holders: Set<string>, signal: AbortSignal): Promise<void> {
  while ((await settleOver(core)) > 0 && !signal.aborted);
  const { month } = readLocalMonth(core.clock.now() - MONTHS_KEPT, null);
  await core.db.write(async (tx) => await forgetMonths(tx, month));
  await reportUse(core, signal);
  await reportHoldings(core, holders, signal);
}
