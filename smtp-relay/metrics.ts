import type { Database } from '../server-kit/database/database.ts';
import type { Logger } from '../server-kit/log.ts';
import { countWaiting } from './queue/list-store.ts';

export interface Metrics {
  /** Prometheus text without names or addresses. */
  read(): string;
  stop(): void;
}

/** Counting the queue is a query: done ahead, so that reading the metrics never waits. */
const COUNT_EVERY_MS = 15_000;

export function makeMetrics(options: {
  database: Database;
  queue: { readonly active: number };
  submission: { readonly connections: number };
  log: Logger;
}): Metrics {
  let waiting = 0;
  const count = (): void => {
    countWaiting(options.database).then(
      (n) => (waiting = n),
      (error: unknown) => options.log.warn('metrics.failed', { error }),
    );
  };
  count();
  const counting = setInterval(count, COUNT_EVERY_MS);
  return {
    read: () =>
      [
        '# TYPE valija_relay_recipients_waiting gauge',
        `valija_relay_recipients_waiting ${waiting}`,
        '# TYPE valija_relay_deliveries_active gauge',
        `valija_relay_deliveries_active ${options.queue.active}`,
        '# TYPE valija_relay_submission_connections gauge',
        `valija_relay_submission_connections ${options.submission.connections}`,
        '',
      ].join('\n'),
    stop: () => clearInterval(counting),
  };
}
