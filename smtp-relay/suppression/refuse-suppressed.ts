import type { Logger } from '../../server-kit/log.ts';
import type { Delivery } from '../queue/queued-mail.ts';
import type { ShipmentResult } from '../transport/shipment.ts';
import type { Suppressions } from './suppressions.ts';

/**
 * Recipients of a new mail that failed for good before: they fail at once, with what was said then, and no host is asked.
 * By number. Nobody is refused because it could not be looked up.
 */
export async function refuseSuppressed(
  context: { suppressions: Pick<Suppressions, 'listSuppressed'>; log: Logger },
  { mail, recipients }: Delivery,
): Promise<Map<number, ShipmentResult>> {
  const results = new Map<number, ShipmentResult>();
  const untried = recipients.filter(({ attempts }) => attempts === 0);
  if (untried.length === 0) return results;
  try {
    const addresses = untried.map(({ address }) => address);
    const found = await context.suppressions.listSuppressed(mail.user, addresses, mail.queuedAt);
    for (const { number, address } of untried) {
      const suppression = found.get(address);
      if (suppression === undefined) continue;
      results.set(number, {
        state: 'permanent',
        host: null,
        tls: null,
        code: null,
        enhanced: suppression.enhanced ?? '5.1.1',
        reason: 'recipient-refused/suppressed',
        serverLine: suppression.serverLine,
      });
    }
  } catch (error) {
    context.log.error('suppression.not-read', { mail: mail.id, error });
  }
  return results;
}
