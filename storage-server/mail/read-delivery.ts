import type { MailRow } from '../../common/shapes/mail.ts';
import type { Reader } from '../../server-kit/database/database.ts';

export type Delivery = NonNullable<MailRow['delivery']>;

/**
 * What the sender of these mails should know at a glance, by mail id: a recipient that failed, one whose server puts it
 * off, or that it has not left yet. Mails of which there is nothing to say are not among them.
 */
export async function readDeliveries(
  reader: Reader,
  user: string,
  mails: readonly string[],
): Promise<Map<string, Delivery>> {
  const found = new Map<string, Delivery>();
  if (mails.length === 0) return found;
  const marks = mails.map(() => '?').join(', ');
  const held = await reader.all<{ mail: string }>(
    `SELECT mail FROM send WHERE user = ? AND mail IN (${marks}) AND state = 'waiting'`,
    [user, ...mails],
  );
  for (const { mail } of held) found.set(mail, 'held');
  const troubled = await reader.all<{ mail: string; state: string }>(
    `SELECT DISTINCT mail, state FROM send_recipient
      WHERE user = ? AND mail IN (${marks}) AND state IN ('failed', 'deferred')`,
    [user, ...mails],
  );
  for (const { mail, state } of troubled) {
    if (state === 'failed') found.set(mail, 'failed');
    else if (found.get(mail) !== 'failed') found.set(mail, 'waiting');
  }
  return found;
}
