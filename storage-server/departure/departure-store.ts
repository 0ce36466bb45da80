import type { Database, Reader } from '../../server-kit/database/database.ts';

/** Rows in one transaction: others write between them. */
const AT_ONCE = 2000;
const COLUMNS = ['user', 'user_id'] as const;

/** Every table with the rows of users, and by which column: a table that comes later is found too. */
async function listTables(reader: Reader): Promise<{ table: string; column: string; rowid: boolean }[]> {
  const found: { table: string; column: string; rowid: boolean }[] = [];
  for (const column of COLUMNS) {
    const rows = await reader.all<{ name: string; sql: string }>(
      reader.engine === 'sqlite'
        ? `SELECT tables.name AS name, tables.sql AS sql FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND columns.name = ? ORDER BY tables.name`
        : `SELECT table_name AS name, '' AS \`sql\` FROM information_schema.columns
            WHERE table_schema = DATABASE() AND column_name = ? ORDER BY table_name`,
      [column],
    );
    found.push(...rows.map(({ name, sql }) => ({ table: name, column, rowid: !sql.endsWith('ROWID') })));
  }
  return found;
}

/** Removes every row of the user, some thousands at a time; may be repeated and broken off. Blobs that nothing names go with the sweep. */
export async function removeRowsOf(db: Database, user: string, signal: AbortSignal): Promise<void> {
  const work = async (statement: string): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const { changes } = await db.write(async (tx) => await tx.run(statement, [user]));
      if (changes < AT_ONCE) return;
    }
  };
  // What hangs on other rows of the user first.
  const parts = 'operation IN (SELECT id FROM operation WHERE user_id = ?)';
  await work(writeDelete(db, { table: 'operation_part', which: parts, rowid: true }));
  for (const { table, column, rowid } of await listTables(db.read)) {
    await work(writeDelete(db, { table, which: `${column} = ?`, rowid }));
  }
}

/** SQLite has no LIMIT on DELETE, MySQL no rowid; tables without one go whole: the short lists are of that kind. */
function writeDelete(
  { engine }: Database,
  { table, which, rowid }: { table: string; which: string; rowid: boolean },
): string {
  const all = `DELETE FROM ${table} WHERE ${which}`;
  if (engine === 'mysql') return `${all} LIMIT ${AT_ONCE}`;
  if (!rowid) return all;
  return `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${which} LIMIT ${AT_ONCE})`;
}
