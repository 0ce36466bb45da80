import type { MailRow } from '../../common/shapes/mail.ts';
import type { Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { showRecipient } from '../sending/status/merge-status.ts';
import type { StoredRecipient } from '../sending/status/recipient-store.ts';

export type Delivery = NonNullable<MailRow['delivery']>;

/**
 * What the sender of these mails should know at a glance, by mail id: a recipient that failed, one whose server puts it
 * off, or that it has not left yet. Mails of which there is nothing to say are not among them.
 */
export async function readDeliveries(
  reader: Reader,
  user: string,
  mails: readonly string[],
  now: Millis,
): Promise<Map<string, Delivery>> {
  const found = new Map<string, Delivery>();
  if (mails.length === 0) return found;
  const marks = mails.map(() => '?').join(', ');
  const held = await reader.all<{ mail: string }>(
    `SELECT mail FROM send WHERE user = ? AND mail IN (${marks}) AND state = 'waiting'`,
    [user, ...mails],
  );
  for (const { mail } of held) found.set(mail, 'held');
  const troubled = await reader.all<{ mail: string; detail: string }>(
    `SELECT mail, detail FROM send_recipient
      WHERE user = ? AND mail IN (${marks}) AND state IN ('failed', 'deferred')`,
    [user, ...mails],
  );
  for (const { mail, detail } of troubled) {
    const { state } = showRecipient(JSON.parse(detail) as StoredRecipient, now);
    if (state === 'failed') found.set(mail, 'failed');
    else if (state === 'deferred' && found.get(mail) !== 'failed') found.set(mail, 'waiting');
  }
  return found;
}
