import { DAY, HOUR, type Clock } from '../../common/time.ts';
import type { Bell } from '../../server-kit/bell.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { DsnContext } from '../dsn/make-dsn.ts';
import { domainOf } from '../route/destination.ts';
import type { RouteFinder } from '../route/find-route.ts';
import type { Suppressions } from '../suppression/suppressions.ts';
import type { TransportOptions } from '../transport/send-by-hop.ts';
import { deliver } from './deliver/deliver.ts';
import type { CommitChanges, Enqueued, Settlement } from './commit/change.ts';
import { makeQueueWriter } from './commit/queue-writer.ts';
import type { NewMail, Outcome } from './queued-mail.ts';
import { judgeOutcomes } from './schedule/concurrency.ts';
import { NOTHING_PAUSED, type Paused } from './schedule/paused.ts';
import { startScheduler } from './scheduler.ts';
import { sweepFinished } from './settle-store.ts';
import type { ChangedWatch } from './unlock/watch-changed.ts';

/** How long the send key of a finished mail is remembered, so that sending it again does not send it again. */
const REMEMBER = 30 * DAY;
/** Deliveries under way at once. */
const MOST_DELIVERIES = 100;
/** Of the ten seconds that stopping may take. */
const STOP_GRACE_MS = 4000;

export interface MailQueueOptions {
  database: Database;
  /** Writes changes of the queue in one transaction. */
  commit: CommitChanges;
  clock: Clock;
  log: Logger;
  makeId: (prefix: string) => string;
  randomFraction: () => number;
  /** This relay's part id. */
  owner: string;
  /** What this relay calls itself in headers. */
  name: string;
  routes: RouteFinder;
  suppressions: Pick<Suppressions, 'listSuppressed' | 'note'>;
  languageOf: DsnContext['languageOf'];
  transport: TransportOptions;
  /** Told of what has to wait. */
  changed: Pick<ChangedWatch, 'note'>;
  /** What is stopped by an administrator; `wake` when something goes on. */
  paused?: () => Paused;
  /** Rung when results were written. */
  bell: Bell;
  /** Counts and times what happens. */
  meters?: QueueMeters;
}

export interface QueueMeters {
  /** It took so many milliseconds to make a mail durable. */
  committed(ms: number): void;
  /** What became of one delivery. */
  delivered(outcomes: readonly Outcome[], ms: number): void;
}

export interface MailQueue {
  /** Resolves when the mail is committed and synced. Those who come together share one transaction. */
  enqueue(mail: NewMail): Promise<Enqueued>;
  /** Puts a mail back that waits here in memory for its turn: somebody stopped it. */
  recall(mail: string): Promise<void>;
  /** Looks for what is due now, for a clock that was moved. */
  wake(): void;
  readonly active: number;
  stop(): Promise<void>;
}

/** Keeps mails until every recipient of them is decided. */
export async function startMailQueue(options: MailQueueOptions): Promise<MailQueue> {
  const { database, clock, log, makeId, bell } = options;
  const writer = makeQueueWriter(options.commit);
  const context = { ...options, settle: async (one: Settlement) => await writer.settle(one) };
  const scheduler = await startScheduler({
    database,
    clock,
    log,
    owner: options.owner,
    makeLease: () => makeId('lease'),
    limit: MOST_DELIVERIES,
    paused: options.paused ?? (() => NOTHING_PAUSED),
    deliver: async (delivery, signal) => {
      const startedAt = performance.now();
      const outcomes = await deliver(context, delivery, signal);
      options.meters?.delivered(outcomes, performance.now() - startedAt);
      bell.ring();
      return judgeOutcomes(outcomes);
    },
  });
  const sweep = (): void => {
    sweepFinished(database, clock.now() - REMEMBER).catch((error: unknown) =>
      log.error('queue.sweep', { error }),
    );
  };
  const sweeping = setInterval(sweep, HOUR);
  return {
    enqueue: async (mail) => {
      reach('relay-enqueue');
      const startedAt = performance.now();
      const reserved = scheduler.reserve(mail);
      let queued: Enqueued | null = null;
      try {
        queued = await writer.enqueue(mail, reserved?.claim ?? null);
      } finally {
        if (queued?.added !== true) reserved?.cancel();
      }
      reach('relay-queued');
      options.meters?.committed(performance.now() - startedAt);
      log.info('mail.queued', { mail: queued.id, added: queued.added, ...describeMail(mail) });
      if (queued.added) reserved?.begin();
      if (reserved === null) scheduler.wake();
      return queued;
    },
    recall: async (mail) => await scheduler.recall(mail),
    wake: () => scheduler.wake(),
    get active() {
      return scheduler.active;
    },
    stop: async () => {
      clearInterval(sweeping);
      await scheduler.stop(STOP_GRACE_MS);
    },
  };
}

/** For the log: of addresses only the sender's domain. */
function describeMail(mail: NewMail): object {
  const { user, home, sendKey, account, priority, body, recipients } = mail;
  const domain = domainOf(mail.mailFrom);
  return { user, home, sendKey, account, priority, domain, size: body.length, recipients: recipients.length };
}
