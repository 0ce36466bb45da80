import type { PartFacts } from '../../../../common/shapes/facts.ts';
import { formatTime } from '../../../../common/time.ts';
import type { Reader } from '../../../../server-kit/database/database.ts';
import { countByState, type WaitingState } from './count-store.ts';

/** How much waits and since when. What somebody holds is counted, but makes nothing old. */
export async function readQueueFacts(reader: Reader): Promise<NonNullable<PartFacts['queue']>> {
  const counts = await countByState(reader);
  const sum = (...states: WaitingState[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((all, one) => all + one.recipients, 0);
  const tried = counts.filter(({ state }) => state !== 'held').map(({ oldest }) => oldest);
  return {
    waiting: sum('queued', 'deferred'),
    deferred: sum('deferred'),
    held: sum('held'),
    oldest: tried.length === 0 ? null : formatTime(Math.min(...tried)),
  };
}
