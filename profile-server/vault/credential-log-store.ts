import { HOUR } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** One time that a secret left the vault. */
export interface CredentialUse {
  id: string;
  at: number;
  user: string;
  account: string;
  /** Who got it. */
  part: string;
  purpose: 'retrieve' | 'test' | 'submit' | 'submit-test' | 'grant-test';
  /** The lease or queued mail it was for. */
  reference: string | null;
}

/** In the log of its own and in the sums by hour, which stay when the lines are gone. */
export async function recordUse(tx: Writer, use: CredentialUse): Promise<void> {
  await tx.run(
    'INSERT INTO credential_use (id, at, user, account, part, purpose, reference) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [use.id, use.at, use.user, use.account, use.part, use.purpose, use.reference],
  );
  const onTaken =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (hour, account, part, purpose) DO UPDATE SET uses = uses + 1'
      : 'ON DUPLICATE KEY UPDATE uses = uses + 1';
  await tx.run(
    `INSERT INTO credential_use_hour (hour, account, part, purpose, uses) VALUES (?, ?, ?, ?, 1) ${onTaken}`,
    [Math.floor(use.at / HOUR) * HOUR, use.account, use.part, use.purpose],
  );
}

/** Newest first. */
export async function listUses(reader: Reader, account: string): Promise<CredentialUse[]> {
  return await reader.all<CredentialUse>(
    `SELECT id, at, user, account, part, purpose, reference FROM credential_use
      WHERE account = ? ORDER BY at DESC, id LIMIT 1000`,
    [account],
  );
}

export async function removeOldUses(tx: Writer, before: { uses: number; sums: number }): Promise<void> {
  await tx.run('DELETE FROM credential_use WHERE at < ?', [before.uses]);
  await tx.run('DELETE FROM credential_use_hour WHERE hour < ?', [before.sums]);
}
