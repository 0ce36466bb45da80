import type { UserMonth } from '../../common/shapes/use.ts';
import { CALL_LIMIT, readAnswer } from '../../server-kit/service-client.ts';
import type { StorageCore } from '../context.ts';
import type { ProfileClient } from '../home/profile-client.ts';
import * as store from './use-store.ts';

type ReportCore = Pick<StorageCore, 'db' | 'profile'>;

/** Users in one call: their counts stay far below what a call may hold. */
const AT_ONCE = 100;

/** Tells the profile-server what was counted since; repeated, it changes nothing. Errors as of any call. */
export async function reportUse(core: ReportCore, signal: AbortSignal): Promise<void> {
  for (;;) {
    const unreported = await store.readUnreported(core.db.read, AT_ONCE);
    if (unreported.length === 0 || signal.aborted) return;
    const months = unreported.map(({ user, month, counts }): UserMonth => ({
      user,
      month,
      providers: JSON.parse(counts) as UserMonth['providers'],
    }));
    await send(core, { months, holdings: [] }, signal);
    await core.db.write(async (tx) => {
      for (const one of unreported) await store.markReported(tx, one);
    });
  }
}

/** Tells it what these users hold now; those that it was told of are taken out of the set. Errors as of any call. */
export async function reportHoldings(
  core: ReportCore,
  users: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  while (users.size > 0 && !signal.aborted) {
    const some = [...users].slice(0, AT_ONCE);
    await send(core, { months: [], holdings: await store.readHoldings(core.db.read, some) }, signal);
    for (const user of some) users.delete(user);
  }
}

type Report = Parameters<ProfileClient['statistics']['report']['mutate']>[0];

async function send(core: ReportCore, report: Report, signal: AbortSignal): Promise<void> {
  const limited = { signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_LIMIT)]) };
  await readAnswer(core.profile.statistics.report.mutate(report, limited));
}
