import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** In place of those that were. */
export async function putRecoveryCodes(
  tx: Writer,
  user: string,
  hashes: readonly string[],
  at: Millis,
): Promise<void> {
  await removeRecoveryCodesOf(tx, user);
  for (const hash of hashes) {
    await tx.run('INSERT INTO recovery_code (user, hash, created_at) VALUES (?, ?, ?)', [user, hash, at]);
  }
}

/** Takes it out: false when it is unknown or was used. */
export async function useRecoveryCode(tx: Writer, user: string, hash: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM recovery_code WHERE user = ? AND hash = ?', [user, hash]);
  return changes === 1;
}

export async function countRecoveryCodes(reader: Reader, user: string): Promise<number> {
  const row = await reader.get<{ n: number }>('SELECT COUNT(*) AS n FROM recovery_code WHERE user = ?', [
    user,
  ]);
  return row?.n ?? 0;
}

export async function removeRecoveryCodesOf(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM recovery_code WHERE user = ?', [user]);
}
