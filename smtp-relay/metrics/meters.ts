import type { QueueMeters } from '../queue/mail-queue.ts';
import type { Outcome } from '../queue/queued-mail.ts';
import { makeHistogram } from './histogram.ts';
import { writeFamily } from './write-family.ts';

/** What is counted as it happens, since this relay started. */
export interface Meters extends QueueMeters {
  /** A submission was refused with this SMTP code. */
  refused(code: number): void;
  write(): string[];
}

const ROUTES: readonly Outcome['route'][] = ['relay', 'smarthost'];
const STATES: readonly Outcome['state'][] = ['accepted', 'deferred', 'failed'];

export function makeMeters(): Meters {
  const commits = makeHistogram([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]);
  const deliveries = makeHistogram([0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]);
  const outcomes = new Map<string, number>();
  const refusals = new Map<number, number>();
  const keyOf = (route: string, state: string): string => `${route} ${state}`;
  return {
    committed: (ms) => commits.observe(ms / 1000),
    delivered: (results, ms) => {
      deliveries.observe(ms / 1000);
      for (const { route, state } of results) {
        const key = keyOf(route, state);
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      }
    },
    refused: (code) => {
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
    },
    write: () => [
      ...writeFamily(
        { name: 'valija_relay_recipients_total', type: 'counter', help: 'Tries by route and outcome.' },
        ROUTES.flatMap((route) =>
          STATES.map((outcome) => ({
            labels: { route, outcome },
            value: outcomes.get(keyOf(route, outcome)) ?? 0,
          })),
        ),
      ),
      ...writeFamily(
        {
          name: 'valija_relay_submissions_refused_total',
          type: 'counter',
          help: 'Commands and mails that submission refused, by SMTP code.',
        },
        [...refusals]
          .toSorted(([a], [b]) => a - b)
          .map(([code, value]) => ({ labels: { code: String(code) }, value })),
      ),
      ...commits.write(
        'valija_relay_commit_seconds',
        'From the end of a message until it is durably queued.',
      ),
      ...deliveries.write('valija_relay_delivery_seconds', 'One delivery, from its beginning to its record.'),
    ],
  };
}
