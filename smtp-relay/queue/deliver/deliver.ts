import { setTimeout } from 'node:timers/promises';
import { SECOND, type Clock, type Millis } from '../../../common/time.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import { makeDsn, type Dsn, type DsnContext } from '../../dsn/make-dsn.ts';
import { noteDelivery } from '../../suppression/note-delivery.ts';
import { refuseSuppressed } from '../../suppression/refuse-suppressed.ts';
import type { Suppressions } from '../../suppression/suppressions.ts';
import { stoppedError } from '../../transport/smtp-error.ts';
import type { Settlement } from '../commit/change.ts';
import type { Delivery, Outcome } from '../queued-mail.ts';
import type { ChangedWatch } from '../unlock/watch-changed.ts';
import { logOutcomes, toOutcome } from './outcome.ts';
import { groupByDomain, sendGroup, type SendContext } from './send-group.ts';

export interface DeliverContext extends DsnContext, SendContext {
  clock: Clock;
  /** 0 to 1, for jitter. */
  randomFraction: () => number;
  suppressions: Pick<Suppressions, 'listSuppressed' | 'note'>;
  /** Whose accounts have mail waiting. */
  changed: Pick<ChangedWatch, 'note'>;
  /** Resolves when it is committed. */
  settle: (settlement: Settlement) => Promise<void>;
}

/** Between tries to write down what became of a delivery; once we stop, it is tried for about five seconds more. */
const LONGEST_SETTLE_PAUSE: Millis = 2 * SECOND;
const SETTLE_TRIES_AT_END = 5;
/** To make a report: about ten seconds. */
const REPORT_TRIES = 8;

/** One try: finds the way, sends, writes down what became of each recipient. Throws SessionError (stopped) when `signal` ended it. */
export async function deliver(
  context: DeliverContext,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<Outcome[]> {
  reach('relay-delivering');
  const startedAt = performance.now();
  const results = await refuseSuppressed(context, delivery);
  const open = delivery.recipients.filter(({ number }) => !results.has(number));
  for (const group of groupByDomain(context.routes, delivery, open)) {
    // Stopped between two domains, or within one: what is decided is written, the rest is tried again at once.
    if (signal.aborted && results.size === 0) throw stoppedError();
    if (signal.aborted) break;
    try {
      await sendGroup(context, delivery, group, results, signal);
    } catch (error) {
      if (!signal.aborted || results.size === 0) throw error;
      break;
    }
  }
  reach('relay-delivered');
  const ms = Math.round(performance.now() - startedAt);
  const now = context.clock.now();
  const outcomes = delivery.recipients.flatMap((recipient) => {
    const result = results.get(recipient.number);
    const when = { now, random: context.randomFraction() };
    return result === undefined ? [] : [toOutcome(delivery, recipient, result, when)];
  });
  const dsn = await reportPatiently(context, delivery, { outcomes, now, signal });
  const { mail, lease, recipients } = delivery;
  const { id, user, home, sendKey } = mail;
  const settlement = { mail: { id, user, home, sendKey }, lease, recipients, outcomes, now, dsn };
  await settlePatiently(context, settlement, signal);
  reach('relay-settled');
  context.changed.note(delivery, outcomes);
  await noteDelivery(context, delivery, outcomes);
  logOutcomes(context.log, delivery, outcomes, ms);
  return outcomes;
}

/** What became of the mail is written down also where its report cannot be made: whoever has it would get it again. */
async function reportPatiently(
  context: DeliverContext,
  delivery: Delivery,
  { outcomes, now, signal }: { outcomes: readonly Outcome[]; now: Millis; signal: AbortSignal },
): Promise<Dsn | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeDsn(context, delivery, outcomes, now);
    } catch (error) {
      context.log.error('queue.report-failed', { mail: delivery.mail.id, attempt, error });
      if (signal.aborted || attempt === REPORT_TRIES) return null;
      await setTimeout(Math.min(100 * 2 ** attempt, LONGEST_SETTLE_PAUSE));
    }
  }
}

/**
 * What another host has accepted must not be forgotten, or it would get the mail twice: a database that cannot be
 * written, be it for hours, is asked again until it can.
 */
async function settlePatiently(
  context: DeliverContext,
  settlement: Settlement,
  signal: AbortSignal,
): Promise<void> {
  let left = SETTLE_TRIES_AT_END;
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.settle(settlement);
    } catch (error) {
      if (signal.aborted && (left -= 1) === 0) throw error;
      context.log.error('queue.settle-failed', { mail: settlement.mail.id, attempt, error });
      const pause = signal.aborted ? SECOND : Math.min(100 * 2 ** attempt, LONGEST_SETTLE_PAUSE);
      await setTimeout(pause);
    }
  }
}
