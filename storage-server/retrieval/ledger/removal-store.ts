import type { Millis } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';

/** A mail that the user removes for ever: its id in the ledger and its number in the store. */
export interface RemovedMail {
  id: string;
  number: number;
}

/**
 * Notes in the transaction of the removal that it was the user's own: only what bears this mark may ever be deleted
 * in a maildrop as "removed here", and it is not retrieved again. Must run before the originals go.
 */
export async function markRemoved(
  tx: Writer,
  user: string,
  mails: readonly RemovedMail[],
  at: Millis,
): Promise<void> {
  for (const { id, number } of mails) {
    const original = (column: string): string =>
      `(SELECT o.${column} FROM mail_original o WHERE o.user_id = ? AND o.mail = ? AND o.account = ledger.account)`;
    await tx.run(
      `UPDATE ledger SET removed_at = ?, header = ${original('header')}, body = ${original('body')} WHERE mail = ?`,
      [at, user, number, user, number, id],
    );
  }
}
