import type { Reader } from '../database.ts';

/** All that our migrations make: whole numbers, text, bytes. */
export type ColumnKind = 'integer' | 'text' | 'bytes';

export interface TableShape {
  name: string;
  columns: { name: string; kind: ColumnKind }[];
  /** Names of the columns of the primary key, in its order. */
  key: string[];
}

/** What was run of the schema is known to each database for itself, and is not copied. */
const OWN = 'migration';

/** Every table of a part's database, by name; both engines tell of the same schema in the same way. */
export async function readShapes(read: Reader): Promise<TableShape[]> {
  const names = await read.all<{ name: string }>(
    read.engine === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
  );
  const shapes: TableShape[] = [];
  for (const { name } of names) if (name !== OWN) shapes.push(await readShape(read, name));
  return shapes;
}

async function readShape(read: Reader, name: string): Promise<TableShape> {
  const rows =
    read.engine === 'sqlite'
      ? await read.all<DescribedColumn>(
          'SELECT name, type, pk AS place FROM pragma_table_info(?) ORDER BY cid',
          [name],
        )
      : await read.all<DescribedColumn>(
          `SELECT c.column_name AS name, c.data_type AS type, k.ordinal_position AS place
           FROM information_schema.columns c LEFT JOIN information_schema.key_column_usage k
             ON k.table_schema = c.table_schema AND k.table_name = c.table_name
             AND k.column_name = c.column_name AND k.constraint_name = 'PRIMARY'
           WHERE c.table_schema = DATABASE() AND c.table_name = ? ORDER BY c.ordinal_position`,
          [name],
        );
  const keyed = rows.filter(({ place }) => place !== null && place > 0);
  const key = keyed.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0)).map((row) => row.name);
  if (key.length === 0) throw new Error(`table ${name} has no primary key`);
  return { name, key, columns: rows.map((row) => ({ name: row.name, kind: readKind(row.type) })) };
}

interface DescribedColumn {
  name: string;
  type: string;
  place: number | null;
}

function readKind(type: string): ColumnKind {
  if (/int/i.test(type)) return 'integer';
  if (/char|text/i.test(type)) return 'text';
  if (/blob|binary/i.test(type)) return 'bytes';
  throw new Error(`columns of type ${type} cannot be copied`);
}
