import { setTimeout } from 'node:timers/promises';
import { MailError } from '../../common/errors.ts';
import { SECOND, type Clock, type Millis } from '../../common/time.ts';
import { isTokenAuth } from '../../common/shapes/account.ts';
import { withClass } from '../../common/enhanced-status.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { makeDsn, type Dsn, type DsnContext } from '../dsn/make-dsn.ts';
import { domainOf } from '../route/destination.ts';
import type { RouteFinder } from '../route/find-route.ts';
import type { NextHop } from '../route/next-hop.ts';
import { classifyError } from '../reply/classify.ts';
import { isSignInRefusal } from '../../common/reply/reply-class.ts';
import { noteDelivery } from '../suppression/note-delivery.ts';
import { refuseSuppressed } from '../suppression/refuse-suppressed.ts';
import type { Suppressions } from '../suppression/suppressions.ts';
import { stoppedError } from '../transport/smtp-error.ts';
import { sendByHop, type TransportOptions } from '../transport/send-by-hop.ts';
import type { ShipmentResult } from '../transport/shipment.ts';
import type { Settlement } from './commit/change.ts';
import { chooseNextTry } from './schedule/back-off.ts';
import { readBody } from './body-store.ts';
import type { Delivery, Outcome, QueuedRecipient } from './queued-mail.ts';

export interface DeliverContext extends DsnContext {
  database: Database;
  clock: Clock;
  /** 0 to 1, for jitter. */
  randomFraction: () => number;
  routes: RouteFinder;
  suppressions: Pick<Suppressions, 'listSuppressed' | 'note'>;
  transport: TransportOptions;
  /** Resolves when it is committed. */
  settle: (settlement: Settlement) => Promise<void>;
  log: Logger;
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
    if (signal.aborted && results.size === 0) throw stoppedError();
    // Stopped between two domains: what is decided is written, the rest is tried again at once.
    if (signal.aborted) break;
    await sendGroup(context, delivery, group, results, signal);
  }
  reach('relay-delivered');
  const ms = Math.round(performance.now() - startedAt);
  const now = context.clock.now();
  const outcomes = delivery.recipients.flatMap((recipient) => {
    const result = results.get(recipient.number);
    return result === undefined ? [] : [toOutcome(context, delivery, recipient, result, now)];
  });
  const dsn = await reportPatiently(context, delivery, { outcomes, now, signal });
  const { mail, lease, recipients } = delivery;
  const { id, user, home, sendKey } = mail;
  const settlement = { mail: { id, user, home, sendKey }, lease, recipients, outcomes, now, dsn };
  await settlePatiently(context, settlement, signal);
  reach('relay-settled');
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

/** By MX each domain has hosts of its own; a smarthost takes all at once. */
function groupByDomain(
  routes: RouteFinder,
  { mail }: Delivery,
  recipients: QueuedRecipient[],
): QueuedRecipient[][] {
  if (recipients.length === 0) return [];
  if (mail.account !== null || routes.hasOneOwnHost) return [recipients];
  return [...Map.groupBy(recipients, (recipient) => domainOf(recipient.address)).values()];
}

async function sendGroup(
  context: DeliverContext,
  delivery: Delivery,
  group: QueuedRecipient[],
  results: Map<number, ShipmentResult>,
  signal: AbortSignal,
): Promise<void> {
  const { mail } = delivery;
  let hop: NextHop;
  const giveAll = (error: unknown): void => {
    const result = toRouteResult(error, context.log);
    for (const recipient of group) results.set(recipient.number, result);
  };
  try {
    hop = await findHop(context.routes, delivery, group);
  } catch (error) {
    // The credential was taken back: what it opened ends too.
    if (mail.account !== null) context.transport.pool.closeWhere(({ account }) => account === mail.account);
    return giveAll(error);
  }
  const shipment = {
    from: mail.mailFrom,
    to: group.map((recipient) => recipient.address),
    size: mail.size,
    eightBit: mail.eightBit,
    openBody: () => delivery.body ?? readBody(context.database, mail.id, mail.size),
    owner: mail.account === null ? null : { user: mail.user, account: mail.account },
    requireTls: mail.requireTls,
    tlsOptional: mail.tlsOptional,
    dsn: {
      ret: mail.dsn.ret,
      envid: mail.dsn.envid ?? mail.sendKey,
      recipients: new Map(group.map(({ address, notify, original }) => [address, { notify, original }])),
    },
  };
  try {
    const sent = await sendByHop(hop, shipment, context.transport, signal);
    for (const recipient of group) {
      const result = sent.get(recipient.address);
      if (result !== undefined) results.set(recipient.number, result);
    }
    if (hop.login !== null && isTokenAuth(hop.login.auth)) await reportRefusal(context, delivery, sent);
  } catch (error) {
    if (signal.aborted) throw error;
    giveAll(error);
  }
}

/** A token may have been ended early by its provider: the next try shall have a new one, or learn that the user must sign in. */
async function reportRefusal(
  context: DeliverContext,
  { mail: { id, user, account } }: Delivery,
  sent: ReadonlyMap<string, ShipmentResult>,
): Promise<void> {
  if (account === null || ![...sent.values()].some(({ reason }) => isSignInRefusal(reason))) return;
  try {
    await context.routes.reportRefused({ id, user, account });
  } catch (error) {
    // Then the next refusal says so again.
    context.log.warn('delivery.refusal-not-reported', { mail: id, error });
  }
}

async function findHop(
  routes: RouteFinder,
  delivery: Delivery,
  group: readonly QueuedRecipient[],
): Promise<NextHop> {
  const { id, user, account } = delivery.mail;
  if (account !== null) return await routes.findSmarthost({ id, user, account });
  return await routes.findOwnWay(domainOf(group[0]?.address ?? ''));
}

function toRouteResult(error: unknown, log: Logger): ShipmentResult {
  const known =
    error instanceof MailError ? error : new MailError('internal', 'delivery failed', { cause: error });
  if (known.code === 'internal') log.error('delivery.failed', { error });
  const { outcome, code, enhanced, reason, serverLine } = classifyError(known);
  return { state: outcome, host: null, tls: null, code, enhanced, reason, serverLine };
}

function toOutcome(
  context: DeliverContext,
  delivery: Delivery,
  recipient: QueuedRecipient,
  result: ShipmentResult,
  now: number,
): Outcome {
  const { state, ...facts } = result;
  const base = {
    number: recipient.number,
    route: delivery.mail.account === null ? ('relay' as const) : ('smarthost' as const),
    ...facts,
  };
  if (state === 'accepted') return { ...base, state, nextTry: null };
  const nextTry =
    state === 'permanent'
      ? null
      : chooseNextTry({
          now,
          queuedAt: delivery.mail.queuedAt,
          attempts: recipient.attempts + 1,
          random: context.randomFraction(),
        });
  if (nextTry !== null) return { ...base, state: 'deferred', nextTry };
  // Given up after days: the last error stays, as a permanent one.
  return { ...base, state: 'failed', nextTry: null, enhanced: withClass(facts.enhanced ?? '5.4.7', 5) };
}

/** Of the recipient only the domain, and nothing that the next host said: addresses stand in it. `ms`: of the whole delivery. */
function logOutcomes(log: Logger, delivery: Delivery, outcomes: readonly Outcome[], ms: number): void {
  const { mail, recipients } = delivery;
  for (const { number, state, route, host, tls, code, enhanced, reason, nextTry } of outcomes) {
    const recipient = recipients.find((one) => one.number === number);
    const domain = domainOf(recipient?.address ?? '');
    const attempt = (recipient?.attempts ?? 0) + 1;
    const tried = { state, route, host, tls, code, enhanced, reason, nextTry, ms };
    log.info('delivery.tried', { mail: mail.id, recipient: number, domain, attempt, ...tried });
  }
}
