import type { Logger } from '../../server-kit/log.ts';
import type { Delivery, Outcome } from '../queue/queued-mail.ts';
import { chooseCertain } from './choose-certain.ts';
import type { Suppressions } from './suppressions.ts';

/** Remembers what failed for good in a delivery, and forgets what took it. The mail itself is settled already: nothing is thrown. */
export async function noteDelivery(
  context: { suppressions: Pick<Suppressions, 'note'>; log: Logger },
  { mail, recipients }: Delivery,
  outcomes: readonly Outcome[],
): Promise<void> {
  const addresses = new Map(recipients.map(({ number, address }) => [number, address]));
  const decided = outcomes.map((outcome) => ({ ...outcome, address: addresses.get(outcome.number) ?? '' }));
  try {
    await context.suppressions.note(mail.user, chooseCertain(decided));
  } catch (error) {
    context.log.error('suppression.not-noted', { mail: mail.id, error });
  }
}
