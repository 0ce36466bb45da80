import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { Millis } from '../../common/time.ts';

export interface AppPasswordRecord {
  id: string;
  user: string;
  name: string;
  /** Separated by commas. */
  scopes: string;
  hash: string;
  created_at: number;
  last_used: number | null;
  last_address: string | null;
}

const COLUMNS = 'id, user, name, scopes, hash, created_at, last_used, last_address';

export async function findAppPassword(reader: Reader, hash: string): Promise<AppPasswordRecord | undefined> {
  return await reader.get<AppPasswordRecord>(`SELECT ${COLUMNS} FROM app_password WHERE hash = ?`, [hash]);
}

/** The oldest first. */
export async function listAppPasswordsOf(reader: Reader, user: string): Promise<AppPasswordRecord[]> {
  return await reader.all<AppPasswordRecord>(
    `SELECT ${COLUMNS} FROM app_password WHERE user = ? ORDER BY created_at, id`,
    [user],
  );
}

export async function insertAppPassword(tx: Writer, record: AppPasswordRecord): Promise<void> {
  await tx.run(`INSERT INTO app_password (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    record.id,
    record.user,
    record.name,
    record.scopes,
    record.hash,
    record.created_at,
    record.last_used,
    record.last_address,
  ]);
}

/** False when the user has none of that id. */
export async function deleteAppPassword(tx: Writer, user: string, id: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM app_password WHERE user = ? AND id = ?', [user, id]);
  return changes === 1;
}

export async function noteUse(tx: Writer, id: string, at: Millis, address: string): Promise<void> {
  await tx.run('UPDATE app_password SET last_used = ?, last_address = ? WHERE id = ?', [at, address, id]);
}
