import type { Database, Param } from '../../server-kit/database/database.ts';

interface Column {
  name: string;
  type: string;
}

/** The tables of a database of ours with their columns. */
export async function readTables({ engine, read }: Database): Promise<Map<string, Column[]>> {
  const rows = await read.all<{ table_of: string; name: string; type: string }>(
    engine === 'sqlite'
      ? `SELECT tables.name AS table_of, columns.name AS name, columns.type AS type
          FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
          WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' ORDER BY tables.name, columns.cid`
      : `SELECT table_name AS table_of, column_name AS name, data_type AS type FROM information_schema.columns
          WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
  );
  const tables = new Map<string, Column[]>();
  for (const { table_of, name, type } of rows) {
    tables.set(table_of, [...(tables.get(table_of) ?? []), { name, type: type.toUpperCase() }]);
  }
  return tables;
}

/** One row in every table that has one of these columns; the other columns get values that stand nowhere else. */
export async function fillTables(database: Database, known: Record<string, string>): Promise<string[]> {
  const filled: string[] = [];
  for (const [table, columns] of await readTables(database)) {
    if (!columns.some(({ name }) => Object.hasOwn(known, name))) continue;
    const values = columns.map(({ name, type }) => known[name] ?? makeValue(type));
    const names = columns.map(({ name }) => (database.engine === 'mysql' ? `\`${name}\`` : `"${name}"`));
    await database.write(
      async (tx) =>
        await tx.run(
          `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
          values,
        ),
    );
    filled.push(table);
  }
  return filled;
}

let counter = 1000;

function makeValue(type: string): Param {
  counter += 1;
  if (/INT/.test(type)) return counter;
  return /BLOB|BINARY/.test(type) ? Buffer.from(`b${counter}`) : `v${counter}`;
}

/** `table.column` of every place where the value stands. */
export async function findValue(database: Database, value: string): Promise<string[]> {
  const places: string[] = [];
  for (const [table, columns] of await readTables(database)) {
    for (const { name, type } of columns) {
      if (!/CHAR|TEXT/.test(type)) continue;
      const quoted = database.engine === 'mysql' ? `\`${name}\`` : `"${name}"`;
      const found = await database.read.get(`SELECT 1 AS found FROM ${table} WHERE ${quoted} = ? LIMIT 1`, [
        value,
      ]);
      if (found !== undefined) places.push(`${table}.${name}`);
    }
  }
  return places;
}
