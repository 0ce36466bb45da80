import type { RelayStatus } from '../../../../common/shapes/queue.ts';
import { formatTime } from '../../../../common/time.ts';
import type { Reader } from '../../../../server-kit/database/database.ts';
import { countByDestination, countByState, type WaitingState } from './count-store.ts';
import { EVERYTHING, readScope } from '../pause/pause-rule.ts';
import { listPauses } from '../pause/pause-store.ts';

/** What is paused and what waits, of all relays that share this queue. */
export async function readStatus(reader: Reader, active: number): Promise<RelayStatus> {
  const pauses = await listPauses(reader);
  const counts = await countByState(reader);
  const byDestination = pauses.length === 0 ? new Map<string, number>() : await countByDestination(reader);
  const all = [...byDestination.values()].reduce((sum, n) => sum + n, 0);
  const sum = (state: WaitingState): number =>
    counts.filter((one) => one.state === state).reduce((total, { recipients }) => total + recipients, 0);
  return {
    pauses: pauses.map(({ scope, reason, by, since }) => ({
      ...readScope(scope),
      reason,
      by,
      since: formatTime(since),
      waiting: scope === EVERYTHING ? all : (byDestination.get(scope) ?? 0),
    })),
    waiting: { queued: sum('queued'), deferred: sum('deferred'), held: sum('held') },
    oldest: counts.length === 0 ? null : formatTime(Math.min(...counts.map(({ oldest }) => oldest))),
    active,
  };
}
