import type { Millis } from '../../../common/time.ts';
import type { Claim } from '../commit/change.ts';
import type { Delivery, NewMail, QueuedMail } from '../queued-mail.ts';

/** Also the most recipients of one SMTP transaction (RFC 5321 4.5.3.1.8 asks for 100). */
export const RECIPIENTS_PER_DELIVERY = 100;

/** A mail that is being queued and will be tried straight from memory: its deliveries, and the claim by which nobody else takes them. */
export interface HotMail {
  claim: Claim;
  deliveries: Delivery[];
}

/** Groups a new mail as a claim from the database would have grouped it. */
export function makeHotMail(
  mail: NewMail,
  options: { owner: string; ends: Millis; makeLease: () => string },
): HotMail {
  const { recipients, body, copy: _, ...facts } = mail;
  const queued: QueuedMail = { ...facts, size: body.length };
  const deliveries: Delivery[] = [];
  const leases: string[] = [];
  const open = new Map<string, Delivery>();
  for (const [number, { destination, address, notify, original }] of recipients.entries()) {
    let delivery = open.get(destination);
    if (delivery === undefined || delivery.recipients.length === RECIPIENTS_PER_DELIVERY) {
      const lease = options.makeLease();
      delivery = { mail: queued, destination, recipients: [], lease, leaseEnds: options.ends, body };
      open.set(destination, delivery);
      deliveries.push(delivery);
    }
    delivery.recipients.push({ number, address, attempts: 0, notify, original });
    leases.push(delivery.lease);
  }
  return { claim: { owner: options.owner, ends: options.ends, leases }, deliveries };
}
