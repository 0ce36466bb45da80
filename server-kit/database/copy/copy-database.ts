import { MailError } from '../../../common/errors.ts';
import type { Database, Reader, Writer } from '../database.ts';
import { COPYING, MOVED, nameMove } from '../migrate.ts';
import { quote, readTable, type CopiedRow } from './read-table.ts';
import { RowSum } from './row-sum.ts';
import { readShapes, type TableShape } from './table-shape.ts';

export interface CopiedDatabase {
  tables: number;
  rows: number;
}

/** Values of one statement (SQLite takes 32,766), and their bytes: a packet of MariaDB holds 16 MiB, bytes count twice. */
const MOST_VALUES = 30_000;
const MOST_BYTES = 2 << 20;

/**
 * Copies every row of one part's database into another whose schema is the same, and compares both afterwards by number and
 * hash. The source stays as it is. Until `finishCopy` the target is marked as half copied, so that no server starts on it and
 * a repeated copy begins anew. MailError `conflict` reasons `database-not-empty`, `copy-differs`.
 */
export async function copyDatabase(
  from: Database,
  to: Database,
  onProgress: (rows: number) => void,
): Promise<CopiedDatabase> {
  return await from.snapshot(async (source) => {
    const tables = await readShapes(source);
    const targets = new Map((await readShapes(to.read)).map((table) => [table.name, table]));
    for (const table of tables) demandSame(table, targets.get(table.name));
    if (!(await isHalfCopied(to)) && (await holdsRows(to.read, tables))) {
      return await demandCopied(source, to, tables);
    }
    await beginCopy(to, tables);
    let rows = 0;
    for (const table of tables) {
      const sum = new RowSum();
      for await (const page of readTable(source, table)) {
        for (const row of page) sum.add(row);
        await insertRows(to, table, page);
        rows += page.length;
        onProgress(rows);
      }
      await demandSum(to.read, table, sum);
    }
    return { tables: tables.length, rows };
  });
}

/** The copy is whole: servers may start on it, also where its rows had once been moved away. */
export async function finishCopy(to: Database): Promise<void> {
  await to.write(async (tx) => {
    await tx.run('DELETE FROM migration WHERE name = ?', [COPYING]);
    await forgetMove(tx);
  });
}

/** From now on no server starts on it, and whoever tries is told `where` the rows are: engine and host, no password. */
export async function markMoved(from: Database, where: string): Promise<void> {
  await from.write(async (tx) => {
    await forgetMove(tx);
    await tx.run('INSERT INTO migration (name, at) VALUES (?, ?)', [nameMove(where), Date.now()]);
  });
}

async function forgetMove(tx: Writer): Promise<void> {
  await tx.run('DELETE FROM migration WHERE name LIKE ?', [`${MOVED}%`]);
}

async function isHalfCopied(to: Database): Promise<boolean> {
  return (await to.read.get('SELECT name FROM migration WHERE name = ?', [COPYING])) !== undefined;
}

async function beginCopy(to: Database, tables: readonly TableShape[]): Promise<void> {
  const marked = await isHalfCopied(to);
  await to.write(async (tx) => {
    if (!marked) await tx.run('INSERT INTO migration (name, at) VALUES (?, ?)', [COPYING, Date.now()]);
  });
  for (const { name } of tables) await to.write(async (tx) => await tx.run(`DELETE FROM ${quote(name)}`));
}

async function holdsRows(read: Reader, tables: readonly TableShape[]): Promise<boolean> {
  for (const { name } of tables) {
    if ((await read.get(`SELECT 1 AS one FROM ${quote(name)} LIMIT 1`)) !== undefined) return true;
  }
  return false;
}

/** An earlier copy may have been ended when this part was done and others were not. Anything else is somebody's data. */
async function demandCopied(
  source: Reader,
  to: Database,
  tables: readonly TableShape[],
): Promise<CopiedDatabase> {
  let rows = 0;
  for (const table of tables) {
    const sum = await sumTable(source, table);
    rows += sum.rows;
    if (sum.equals(await sumTable(to.read, table))) continue;
    throw new MailError('conflict', 'the target holds rows', { reason: 'database-not-empty' });
  }
  return { tables: tables.length, rows };
}

function demandSame(table: TableShape, target: TableShape | undefined): void {
  const describe = (shape: TableShape): string =>
    JSON.stringify([shape.key, shape.columns.map(({ name, kind }) => `${name} ${kind}`).sort()]);
  if (target === undefined || describe(target) !== describe(table)) {
    throw new Error(`table ${table.name} is not the same in both databases`);
  }
}

async function insertRows(to: Database, table: TableShape, rows: readonly CopiedRow[]): Promise<void> {
  const columns = table.columns.map(({ name }) => quote(name)).join(', ');
  const place = `(${table.columns.map(() => '?').join(', ')})`;
  const insert = async (tx: Writer, some: readonly CopiedRow[]): Promise<void> => {
    const places = some.map(() => place).join(', ');
    await tx.run(`INSERT INTO ${quote(table.name)} (${columns}) VALUES ${places}`, some.flat());
  };
  await to.write(async (tx) => {
    let some: CopiedRow[] = [];
    let bytes = 0;
    for (const row of rows) {
      const size = sizeOf(row);
      const full = (some.length + 1) * row.length > MOST_VALUES || bytes + size > MOST_BYTES;
      if (some.length > 0 && full) {
        await insert(tx, some);
        some = [];
        bytes = 0;
      }
      some.push(row);
      bytes += size;
    }
    if (some.length > 0) await insert(tx, some);
  });
}

function sizeOf(row: CopiedRow): number {
  return row.reduce<number>(
    (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 10),
    0,
  );
}

async function sumTable(read: Reader, table: TableShape): Promise<RowSum> {
  const sum = new RowSum();
  for await (const page of readTable(read, table)) for (const row of page) sum.add(row);
  return sum;
}

async function demandSum(read: Reader, table: TableShape, sum: RowSum): Promise<void> {
  const found = await sumTable(read, table);
  if (found.equals(sum)) return;
  throw new MailError('conflict', `${table.name}: ${found.rows} of ${sum.rows} rows`, {
    reason: 'copy-differs',
    params: { table: table.name },
  });
}
