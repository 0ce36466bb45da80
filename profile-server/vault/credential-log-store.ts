import type { UsePurpose } from '../../common/shapes/credential-use.ts';
import { HOUR } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

/** One time that a secret left the vault. */
export interface CredentialUse {
  id: string;
  at: number;
  user: string;
  account: string;
  /** Who got it. */
  part: string;
  purpose: UsePurpose;
  /** The lease or queued mail it was for. */
  reference: string | null;
}

/** In the log of its own and in the sums by hour, which stay when the lines are gone. */
export async function addUse(tx: Writer, use: CredentialUse): Promise<void> {
  await tx.run(
    'INSERT INTO credential_use (id, at, user, account, part, purpose, reference) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [use.id, use.at, use.user, use.account, use.part, use.purpose, use.reference],
  );
  const columns = ['hour', 'account', 'part', 'purpose', 'uses'];
  const rows = [[Math.floor(use.at / HOUR) * HOUR, use.account, use.part, use.purpose, 1]];
  const keys = ['hour', 'account', 'part', 'purpose'];
  await writeRows(tx, 'credential_use_hour', columns, rows, { keys, set: { uses: 'add' } });
}

/** Newest first, those before `before` (at and id of the last one seen). */
export async function listUses(
  reader: Reader,
  account: string,
  page: { before: { at: number; id: string } | null; limit: number } = { before: null, limit: 1000 },
): Promise<CredentialUse[]> {
  const { before, limit } = page;
  const behind = before === null ? '' : 'AND (at < ? OR (at = ? AND id < ?))';
  return await reader.all<CredentialUse>(
    `SELECT id, at, user, account, part, purpose, reference FROM credential_use
      WHERE account = ? ${behind} ORDER BY at DESC, id DESC LIMIT ?`,
    [account, ...(before === null ? [] : [before.at, before.at, before.id]), limit],
  );
}

export interface UseCount {
  hour: number;
  part: string;
  purpose: CredentialUse['purpose'];
  uses: number;
}

/** Sums by hour since then, of these accounts or (null) of all; newest first. */
export async function countUses(
  reader: Reader,
  accounts: readonly string[] | null,
  since: number,
): Promise<UseCount[]> {
  if (accounts?.length === 0) return [];
  // MySQL sums to text.
  const rows = await reader.all<Omit<UseCount, 'uses'> & { uses: number | string }>(
    `SELECT hour, part, purpose, SUM(uses) AS uses FROM credential_use_hour
      WHERE hour >= ? ${accounts === null ? '' : `AND account IN (${accounts.map(() => '?').join(', ')})`}
      GROUP BY hour, part, purpose ORDER BY hour DESC, part, purpose LIMIT 5000`,
    [since, ...(accounts ?? [])],
  );
  return rows.map((row) => ({ ...row, uses: Number(row.uses) }));
}

export async function removeOldUses(tx: Writer, before: { uses: number; sums: number }): Promise<void> {
  await tx.run('DELETE FROM credential_use WHERE at < ?', [before.uses]);
  await tx.run('DELETE FROM credential_use_hour WHERE hour < ?', [before.sums]);
}
