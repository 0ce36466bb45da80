import type { Param, Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';
import {
  DERIVED_TABLES,
  nameRow,
  type DerivedLists,
  type DerivedTable,
  type DerivedValues,
} from './derived-lists.ts';

const TABLES = Object.keys(DERIVED_TABLES) as DerivedTable[];

/** Where a user's derived tables are not what his mails make of them: how many rows of each. */
export async function compareDerived(
  read: Reader,
  user: string,
  expected: DerivedLists,
): Promise<Map<DerivedTable, number>> {
  const wrong = new Map<DerivedTable, number>();
  for (const table of TABLES) {
    const { columns, keys } = DERIVED_TABLES[table];
    const rows = await read.all<Record<string, string | number>>(
      `SELECT ${columns.join(', ')} FROM ${table} WHERE user_id = ?`,
      [user],
    );
    let differing = 0;
    let found = 0;
    for (const row of rows) {
      const values = columns.map((column) => row[column]!);
      const key = nameRow(values.slice(0, keys));
      if (expected.rows[table].has(key)) found += 1;
      if (!expected.expects(table, key, values.slice(keys))) differing += 1;
    }
    differing += expected.rows[table].size - found;
    if (differing > 0) wrong.set(table, differing);
  }
  return wrong;
}

/** Makes one table of a user anew from what it must hold. */
export async function rewriteDerived(
  tx: Writer,
  user: string,
  table: DerivedTable,
  expected: DerivedLists,
): Promise<void> {
  const { columns } = DERIVED_TABLES[table];
  const shown = table === 'list_counter' ? await readShown(tx, user) : null;
  await tx.run(`DELETE FROM ${table} WHERE user_id = ?`, [user]);
  const rows = [...expected.rows[table]].map(([key, values]): Param[] => [
    user,
    ...readName(table, key),
    ...values,
    ...(shown === null ? [] : [shown.get(key) ?? expected.shown.get(key) ?? '']),
  ]);
  const all = ['user_id', ...columns, ...(shown === null ? [] : ['shown'])];
  await writeRows(tx, table, all, rows);
}

async function readShown(read: Reader, user: string): Promise<Map<string, string>> {
  const rows = await read.all<{ kind: string; name: string; mailbox: string; shown: string }>(
    'SELECT kind, name, mailbox, shown FROM list_counter WHERE user_id = ?',
    [user],
  );
  return new Map(rows.map(({ kind, name, mailbox, shown }) => [nameRow([kind, name, mailbox]), shown]));
}

/** The columns that name a row: numbers where the table has numbers. */
function readName(table: DerivedTable, key: string): DerivedValues {
  const parts = key.split('\n');
  const first = table === 'thread_row' || table === 'mail_label' ? [Number(parts[0])] : parts.slice(0, 1);
  return [...first, ...parts.slice(1)];
}
