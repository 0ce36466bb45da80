import { MailError } from '../../../common/errors.ts';
import { isSignInRefusal } from '../../../common/reply/reply-class.ts';
import { isTokenAuth } from '../../../common/shapes/account.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { leaveOnAbort } from '../../../server-kit/leave-on-abort.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { classifyError } from '../../reply/classify.ts';
import { domainOf } from '../../route/destination.ts';
import type { RouteFinder } from '../../route/find-route.ts';
import type { NextHop } from '../../route/next-hop.ts';
import { sendByHop, type TransportOptions } from '../../transport/send-by-hop.ts';
import { toResult, type ShipmentResult } from '../../transport/shipment.ts';
import { stoppedError } from '../../transport/smtp-error.ts';
import { readBody } from '../body-store.ts';
import type { Delivery, QueuedRecipient } from '../queued-mail.ts';

export interface SendContext {
  database: Database;
  routes: RouteFinder;
  transport: TransportOptions;
  log: Logger;
}

/** By MX each domain has hosts of its own; a smarthost takes all at once. */
export function groupByDomain(
  routes: RouteFinder,
  { mail }: Delivery,
  recipients: QueuedRecipient[],
): QueuedRecipient[][] {
  if (recipients.length === 0) return [];
  if (mail.account !== null || routes.hasOneOwnHost) return [recipients];
  return [...Map.groupBy(recipients, (recipient) => domainOf(recipient.address)).values()];
}

/** Finds the way of these recipients and sends; what became of each goes into `results`. Throws SessionError only when stopped. */
export async function sendGroup(
  context: SendContext,
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
    hop = await leaveOnAbort(findHop(context.routes, delivery, group), signal, stoppedError);
  } catch (error) {
    if (signal.aborted) throw stoppedError(error);
    // The credential was taken back: what it opened ends too.
    if (mail.account !== null) context.transport.pool.closeWhere(({ account }) => account === mail.account);
    return giveAll(error);
  }
  const shipment = {
    from: mail.mailFrom,
    to: group.map((recipient) => recipient.address),
    size: mail.size,
    eightBit: mail.eightBit,
    utf8: mail.utf8,
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
    if (hop.login !== null && isTokenAuth(hop.login.auth))
      await reportRefusal(context, delivery, sent, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    giveAll(error);
  }
}

/** A token may have been ended early by its provider: the next try shall have a new one, or learn that the user must sign in. */
async function reportRefusal(
  context: SendContext,
  { mail: { id, user, account } }: Delivery,
  sent: ReadonlyMap<string, ShipmentResult>,
  signal: AbortSignal,
): Promise<void> {
  if (account === null || ![...sent.values()].some(({ reason }) => isSignInRefusal(reason))) return;
  try {
    await leaveOnAbort(context.routes.reportRefused({ id, user, account }), signal, stoppedError);
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
  return toResult(classifyError(known), null, null);
}
