import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

export interface TotpRecord {
  user: string;
  id: string;
  /** The secret under the user's data key. */
  sealed: Buffer;
  /** No code of this step or an earlier one is taken any more. */
  last_step: number;
  created_at: number;
  last_used: number | null;
}

export async function findTotp(reader: Reader, user: string): Promise<TotpRecord | undefined> {
  return await reader.get<TotpRecord>(
    'SELECT user, id, sealed, last_step, created_at, last_used FROM totp WHERE user = ?',
    [user],
  );
}

/** In place of the one that was. */
export async function putTotp(tx: Writer, totp: TotpRecord): Promise<void> {
  await removeTotpOf(tx, totp.user);
  await tx.run(
    'INSERT INTO totp (user, id, sealed, last_step, created_at, last_used) VALUES (?, ?, ?, ?, ?, ?)',
    [totp.user, totp.id, totp.sealed, totp.last_step, totp.created_at, totp.last_used],
  );
}

/** False when the step was used meanwhile. */
export async function useStep(tx: Writer, user: string, step: number, now: Millis): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE totp SET last_step = ?, last_used = ? WHERE user = ? AND last_step < ?',
    [step, now, user, step],
  );
  return changes === 1;
}

export async function removeTotpOf(tx: Writer, user: string): Promise<boolean> {
  return (await tx.run('DELETE FROM totp WHERE user = ?', [user])).changes === 1;
}
