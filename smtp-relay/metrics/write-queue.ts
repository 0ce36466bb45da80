import type { Millis } from '../../common/time.ts';
import { WAITING_STATES, type WaitingCount } from '../queue/control/show/count-store.ts';
import { writeFamily } from './write-family.ts';

const PRIORITIES = ['interactive', 'bulk'] as const;

/** How much waits and how old it is; every combination stands there, also with nothing in it. */
export function writeQueue(counts: readonly WaitingCount[], pauses: number, now: Millis): string[] {
  const find = (state: string, priority: number): number =>
    counts.find((count) => count.state === state && count.priority === priority)?.recipients ?? 0;
  const total = counts.reduce((sum, { recipients }) => sum + recipients, 0);
  const tried = counts.filter(({ state }) => state !== 'held');
  const age = tried.length === 0 ? 0 : Math.max(0, now - Math.min(...tried.map(({ oldest }) => oldest)));
  return [
    ...writeFamily(
      { name: 'valija_relay_queue_recipients', type: 'gauge', help: 'Recipients that wait.' },
      WAITING_STATES.flatMap((state) =>
        PRIORITIES.map((priority, index) => ({ labels: { state, priority }, value: find(state, index) })),
      ),
    ),
    ...writeFamily({ name: 'valija_relay_recipients_waiting', type: 'gauge', help: 'All of them.' }, [
      { value: total },
    ]),
    ...writeFamily(
      {
        name: 'valija_relay_queue_oldest_seconds',
        type: 'gauge',
        help: 'Age of the oldest mail that is queued or deferred.',
      },
      [{ value: age / 1000 }],
    ),
    ...writeFamily({ name: 'valija_relay_pauses', type: 'gauge', help: 'What administrators paused.' }, [
      { value: pauses },
    ]),
  ];
}
