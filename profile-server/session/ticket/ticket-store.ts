import type { Millis } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';

/** False when it was spent before: of two that use it at once the unique key decides. */
export async function addSpentTicket(tx: Writer, hash: string, expiresAt: Millis): Promise<boolean> {
  const into = tx.engine === 'sqlite' ? 'INSERT OR IGNORE INTO' : 'INSERT IGNORE INTO';
  const { changes } = await tx.run(`${into} spent_ticket (hash, expires_at) VALUES (?, ?)`, [
    hash,
    expiresAt,
  ]);
  return changes === 1;
}

export async function removeOldTickets(tx: Writer, now: Millis): Promise<void> {
  await tx.run('DELETE FROM spent_ticket WHERE expires_at <= ?', [now]);
}
