import type { Param, Writer } from './database.ts';

/** A row of a mail may have 120 KB, and MariaDB takes 16 MiB at once where nobody has set another limit. */
const SIZES = [50, 10, 1];

/** Many rows in one statement, in few sizes so that few texts are prepared; `clash` is what to do where a key is there. */
export async function writeRows(
  tx: Writer,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Param[])[],
  clash: { keys: readonly string[]; set: ClashSet } | null = null,
): Promise<void> {
  const place = `(${columns.map(() => '?').join(',')})`;
  const end = clash === null ? '' : ` ${writeClash(tx.engine, clash)}`;
  let at = 0;
  while (at < rows.length) {
    const size = SIZES.find((one) => one <= rows.length - at) ?? 1;
    const places = Array.from({ length: size }, () => place).join(',');
    const text = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places}${end}`;
    await tx.run(text, rows.slice(at, at + size).flat());
    at += size;
  }
}

/** By column: `add` the new value to the one that is there, or `replace` it; others stay. */
export type ClashSet = Readonly<Record<string, 'add' | 'replace'>>;

function writeClash(engine: Writer['engine'], clash: { keys: readonly string[]; set: ClashSet }): string {
  const fresh = (column: string): string =>
    engine === 'sqlite' ? `excluded.${column}` : `VALUES(${column})`;
  const set = Object.entries(clash.set)
    .map(([column, how]) =>
      how === 'add' ? `${column} = ${column} + ${fresh(column)}` : `${column} = ${fresh(column)}`,
    )
    .join(', ');
  return engine === 'sqlite'
    ? `ON CONFLICT (${clash.keys.join(', ')}) DO UPDATE SET ${set}`
    : `ON DUPLICATE KEY UPDATE ${set}`;
}
