import type { Param, Reader } from '../database.ts';
import type { TableShape } from './table-shape.ts';

/** One row, its values in the order of the table's columns. Whole numbers beyond 2^53 are bigint. */
export type CopiedRow = readonly Param[];

/** Rows of one page: few where each may hold a large piece of a mail. */
const PAGE = 500;
const PAGE_OF_BYTES = 8;

/** All rows in pages, in the order of the primary key. */
export async function* readTable(read: Reader, table: TableShape): AsyncGenerator<CopiedRow[]> {
  const large = table.columns.some(({ kind }) => kind === 'bytes');
  const limit = large ? PAGE_OF_BYTES : PAGE;
  const places = table.key.map((name) => table.columns.findIndex((column) => column.name === name));
  let after: CopiedRow | null = null;
  for (;;) {
    const page = await readPage(read, table, after === null ? null : pick(after, places), limit);
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    after = page.at(-1)!;
  }
}

async function readPage(
  read: Reader,
  table: TableShape,
  after: readonly Param[] | null,
  limit: number,
): Promise<CopiedRow[]> {
  const text = read.engine === 'sqlite' ? 'TEXT' : 'CHAR';
  // Numbers as digits: neither driver may round one.
  const columns = table.columns.map(({ name, kind }, index) =>
    kind === 'integer' ? `CAST(${quote(name)} AS ${text}) AS c${index}` : `${quote(name)} AS c${index}`,
  );
  const where = after === null ? { text: '', params: [] } : compareKey(table.key, after);
  const order = table.key.map(quote).join(', ');
  const rows = await read.all<Record<string, string | Uint8Array | null>>(
    `SELECT ${columns.join(', ')} FROM ${quote(table.name)} ${where.text} ORDER BY ${order} LIMIT ${limit}`,
    where.params,
  );
  return rows.map((row) =>
    table.columns.map(({ kind }, index) => {
      const value = row[`c${index}`] ?? null;
      return kind === 'integer' && typeof value === 'string' ? readInteger(value) : value;
    }),
  );
}

/** Behind a key, in the form whose parts both engines find by their index. */
function compareKey(key: readonly string[], after: readonly Param[]): { text: string; params: Param[] } {
  const params: Param[] = [];
  const parts = key.map((name, index) => {
    params.push(...after.slice(0, index + 1));
    const same = key.slice(0, index).map((one) => `${quote(one)} = ?`);
    return `(${[...same, `${quote(name)} > ?`].join(' AND ')})`;
  });
  return { text: `WHERE ${parts.join(' OR ')}`, params };
}

function pick(row: CopiedRow, places: readonly number[]): Param[] {
  return places.map((place) => row[place] ?? null);
}

function readInteger(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

/** Both engines take it, also where the name is a word of theirs. */
export function quote(name: string): string {
  return `\`${name}\``;
}
