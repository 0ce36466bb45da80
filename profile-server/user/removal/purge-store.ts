import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** Of users that are gone: what their homes still have to throw away. */
const KEPT = ['user', 'departure'];

/** Every table of this database with that column: a table that comes later is found too. */
async function listTablesWith(reader: Reader, column: 'user' | 'account'): Promise<string[]> {
  const rows = await reader.all<{ name: string }>(
    reader.engine === 'sqlite'
      ? `SELECT tables.name AS name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
          WHERE tables.type = 'table' AND columns.name = ? ORDER BY tables.name`
      : `SELECT table_name AS name FROM information_schema.columns
          WHERE table_schema = DATABASE() AND column_name = ? ORDER BY table_name`,
    [column],
  );
  return rows.map(({ name }) => name).filter((name) => !KEPT.includes(name));
}

/** The user's row and every row that is his; also what stands under his accounts alone. */
export async function removeEverythingOf(
  tx: Writer,
  user: string,
  accounts: readonly string[],
): Promise<void> {
  const ofUser = await listTablesWith(tx, 'user');
  for (const table of ofUser) await tx.run(`DELETE FROM ${table} WHERE user = ?`, [user]);
  const ofAccount = (await listTablesWith(tx, 'account')).filter((table) => !ofUser.includes(table));
  for (const table of ofAccount) {
    for (const account of accounts) await tx.run(`DELETE FROM ${table} WHERE account = ?`, [account]);
  }
  await tx.run('DELETE FROM user WHERE id = ?', [user]);
}

/** Every account that the user has or had. */
export async function listAccountIds(reader: Reader, user: string): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(
    "SELECT id FROM profile_item WHERE user = ? AND part = 'accounts' UNION SELECT account AS id FROM poll WHERE user = ?",
    [user, user],
  );
  return rows.map(({ id }) => id);
}

export async function listUsersToPurge(reader: Reader, now: number, limit: number): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(
    `SELECT id FROM user WHERE purge_at <= ? ORDER BY purge_at LIMIT ${limit}`,
    [now],
  );
  return rows.map(({ id }) => id);
}
