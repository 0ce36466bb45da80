import { withClass } from '../../../common/enhanced-status.ts';
import type { Millis } from '../../../common/time.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { domainOf } from '../../route/destination.ts';
import type { ShipmentResult } from '../../transport/shipment.ts';
import type { Delivery, Outcome, QueuedRecipient } from '../queued-mail.ts';
import { chooseNextTry } from '../schedule/back-off.ts';

/** What a try means for a recipient: done, failed for good, or tried again, and when. `random`: 0 to 1, for jitter. */
export function toOutcome(
  { mail }: Delivery,
  recipient: QueuedRecipient,
  result: ShipmentResult,
  { now, random }: { now: Millis; random: number },
): Outcome {
  const { state, ...facts } = result;
  const base = {
    number: recipient.number,
    route: mail.account === null ? ('relay' as const) : ('smarthost' as const),
    ...facts,
  };
  if (state === 'accepted') return { ...base, state, nextTry: null };
  const { queuedAt } = mail;
  const attempts = recipient.attempts + 1;
  const nextTry = state === 'permanent' ? null : chooseNextTry({ now, queuedAt, attempts, random });
  if (nextTry !== null) return { ...base, state: 'deferred', nextTry };
  // Given up after days: the last error stays, as a permanent one.
  return { ...base, state: 'failed', nextTry: null, enhanced: withClass(facts.enhanced ?? '5.4.7', 5) };
}

/** Of the recipient only the domain, and nothing that the next host said: addresses stand in it. `ms`: of the whole delivery. */
export function logOutcomes(log: Logger, delivery: Delivery, outcomes: readonly Outcome[], ms: number): void {
  const { mail, recipients } = delivery;
  for (const { number, state, route, host, tls, code, enhanced, reason, nextTry } of outcomes) {
    const recipient = recipients.find((one) => one.number === number);
    const domain = domainOf(recipient?.address ?? '');
    const attempt = (recipient?.attempts ?? 0) + 1;
    const tried = { state, route, host, tls, code, enhanced, reason, nextTry, ms };
    log.info('delivery.tried', { mail: mail.id, recipient: number, domain, attempt, ...tried });
  }
}
