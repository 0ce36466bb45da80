import type { Millis } from '../../../common/time.ts';
import { addRow } from '../../../server-kit/database/add-row.ts';
import type { Writer } from '../../../server-kit/database/database.ts';

/** False when it was spent before: of two that use it at once the unique key decides. */
export async function addSpentTicket(tx: Writer, hash: string, expiresAt: Millis): Promise<boolean> {
  return await addRow(tx, 'spent_ticket', 'hash, expires_at', [hash, expiresAt]);
}

export async function removeOldTickets(tx: Writer, now: Millis): Promise<void> {
  await tx.run('DELETE FROM spent_ticket WHERE expires_at <= ?', [now]);
}
