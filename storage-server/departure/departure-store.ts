import type { Database, Reader, Writer } from '../../server-kit/database/database.ts';
import type { MailIds } from '../mail/mail-id.ts';
import { forgetEntries } from '../retrieval/ledger/ledger-store.ts';

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

/**
 * Removes the ledgers of the user's maildrops, whose rows name him by the ids of his mails only: left behind, each would tell
 * the next verify of a mail that is lost. May be repeated and broken off.
 */
export async function removeLedgersOf(
  db: Database,
  ids: MailIds,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  const sample = ids.mail(user, 0);
  const ofUser = `%${sample.slice(sample.indexOf('-'))}`;
  const found = await db.read.all<{ maildrop: string }>(
    'SELECT DISTINCT maildrop FROM ledger WHERE mail LIKE ?',
    [ofUser],
  );
  for (const { maildrop } of found) {
    for (let left = AT_ONCE; left === AT_ONCE;) {
      signal.throwIfAborted();
      left = await db.write(async (tx) => await removeEntries(tx, maildrop));
    }
    await db.write(async (tx) => await tx.run('DELETE FROM maildrop_listing WHERE maildrop = ?', [maildrop]));
  }
}

async function removeEntries(tx: Writer, maildrop: string): Promise<number> {
  const entries = await tx.all<{ uidl: string }>(
    `SELECT uidl FROM ledger WHERE maildrop = ? ORDER BY uidl LIMIT ${AT_ONCE}`,
    [maildrop],
  );
  const uidls = entries.map(({ uidl }) => uidl);
  await forgetEntries(tx, maildrop, uidls);
  return uidls.length;
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
