import { SECOND, type Clock } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { repeat, sleep } from '../../server-kit/repeat.ts';
import { countByState, type WaitingCount } from '../queue/control/show/count-store.ts';
import { listPauses } from '../queue/control/pause/pause-store.ts';
import type { Meters } from './meters.ts';
import { writeFamily } from './write-family.ts';
import { writeQueue } from './write-queue.ts';

export interface Metrics {
  /** Prometheus text without names or addresses. */
  read(): string;
  stop(): Promise<void>;
}

/** Counting the queue is a query: done ahead, so that reading the metrics never waits. */
const COUNT_EVERY = 15 * SECOND;
/** A long queue takes long to count: at most a fiftieth of the time goes into it. */
const REST = 50;

export function makeMetrics(options: {
  database: Database;
  clock: Clock;
  meters: Meters;
  queue: { readonly active: number };
  submission: { readonly connections: number };
  pool: { readonly open: number };
  log: Logger;
}): Metrics {
  const { database, clock, meters, queue, submission, pool, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let waiting: WaitingCount[] = [];
  let pauses = 0;
  const counting = repeat(signal, { log, event: 'metrics.failed', pause: () => COUNT_EVERY }, async () => {
    const startedAt = performance.now();
    waiting = await countByState(database.read);
    pauses = (await listPauses(database.read)).length;
    await sleep(Math.max(COUNT_EVERY, REST * (performance.now() - startedAt)), signal);
  });
  const gauge = (name: string, help: string, value: number): string[] =>
    writeFamily({ name, type: 'gauge', help }, [{ value }]);
  return {
    read: () =>
      [
        ...writeQueue(waiting, pauses, clock.now()),
        ...gauge('valija_relay_deliveries_active', 'Deliveries under way.', queue.active),
        ...gauge('valija_relay_connections_open', 'SMTP sessions to next hosts, in use or kept.', pool.open),
        ...gauge('valija_relay_submission_connections', 'Connections to submission.', submission.connections),
        ...meters.write(),
        '',
      ].join('\n'),
    stop: async () => {
      stopping.abort();
      await counting;
    },
  };
}
