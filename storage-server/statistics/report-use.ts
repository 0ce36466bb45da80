import type { UserMonth } from '../../common/shapes/use.ts';
import { CALL_LIMIT, readAnswer } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import * as store from './use-store.ts';

type ReportCore = Pick<StorageCore, 'db' | 'profile'>;

/** Users in one call: their counts stay far below what a call may hold. */
const AT_ONCE = 100;

/** Tells the profile-server what was counted since, and what those users hold now; repeated, it changes nothing. Errors as of any call. */
export async function reportUse(core: ReportCore, signal: AbortSignal): Promise<void> {
  for (;;) {
    const unreported = await store.readUnreported(core.db.read, AT_ONCE);
    if (unreported.length === 0 || signal.aborted) return;
    const months = unreported.map(({ user, month, counts }): UserMonth => ({
      user,
      month,
      providers: JSON.parse(counts) as UserMonth['providers'],
    }));
    const holdings = await store.readHoldings(core.db.read, [...new Set(unreported.map(({ user }) => user))]);
    await readAnswer(
      core.profile.statistics.report.mutate(
        { months, holdings },
        { signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_LIMIT)]) },
      ),
    );
    await core.db.write(async (tx) => {
      for (const one of unreported) await store.markReported(tx, one);
    });
  }
}
