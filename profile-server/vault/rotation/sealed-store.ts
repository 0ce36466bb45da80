import type { Param, Reader, Writer } from '../../../server-kit/database/database.ts';
import type { SealedKind } from './sealed-kinds.ts';

export interface SealedRow {
  /** Values of the primary key. */
  key: string[];
  /** What follows the kind's name in the AAD. */
  aad: string[];
  sealed: Buffer;
}

/** Rows behind `after` (their key; null from the beginning) in the order of their keys, that do not begin with `head`. */
export async function listSealedElsewhere(
  reader: Reader,
  kind: SealedKind,
  page: { head: Uint8Array; after: readonly string[] | null; limit: number },
): Promise<SealedRow[]> {
  const { table, key, column, aad } = kind;
  const columns = [...new Set([...key, ...aad])];
  const behind = page.after === null ? '' : `AND ${isBehind(key)}`;
  const rows = await reader.all<Record<string, string | number | Buffer>>(
    `SELECT ${columns.join(', ')}, ${column} AS sealed_value FROM ${table}
      WHERE ${column} IS NOT NULL AND SUBSTR(${column}, 1, ${page.head.length}) <> ? ${behind}
      ORDER BY ${key.join(', ')} LIMIT ?`,
    [page.head, ...(page.after === null ? [] : placesBehind(page.after)), page.limit],
  );
  return rows.map((row) => readRow(kind, row));
}

function readRow(kind: SealedKind, row: Record<string, string | number | Buffer>): SealedRow {
  return {
    key: kind.key.map((name) => String(row[name])),
    aad: kind.aad.map((name) => String(row[name])),
    sealed: row['sealed_value'] as Buffer,
  };
}

/** The rows of one user. */
export async function listSealedOf(reader: Reader, kind: SealedKind, user: string): Promise<SealedRow[]> {
  const columns = [...new Set([...kind.key, ...kind.aad])];
  const rows = await reader.all<Record<string, string | number | Buffer>>(
    `SELECT ${columns.join(', ')}, ${kind.column} AS sealed_value FROM ${kind.table}
      WHERE ${kind.key[0]} = ? AND ${kind.column} IS NOT NULL`,
    [user],
  );
  return rows.map((row) => readRow(kind, row));
}

/** False when it was sealed anew or removed meanwhile. */
export async function replaceSealed(
  tx: Writer,
  kind: SealedKind,
  row: SealedRow,
  sealed: Uint8Array,
): Promise<boolean> {
  const { table, key, column } = kind;
  const { changes } = await tx.run(
    `UPDATE ${table} SET ${column} = ? WHERE ${key.map((name) => `${name} = ?`).join(' AND ')} AND ${column} = ?`,
    [sealed, ...row.key, row.sealed],
  );
  return changes === 1;
}

/** `a > ?`, or `a > ? OR (a = ? AND b > ?)`: row values in comparisons keep MariaDB from its index. */
function isBehind(key: readonly string[]): string {
  if (key.length === 1) return `${key[0]} > ?`;
  return `(${key[0]} > ? OR (${key[0]} = ? AND ${key[1]} > ?))`;
}

function placesBehind(after: readonly string[]): Param[] {
  const [first = '', second = ''] = after;
  return after.length === 1 ? [first] : [first, first, second];
}

/** Ids of users in their order. */
export async function listUsersBehind(reader: Reader, after: string, limit: number): Promise<string[]> {
  const rows = await reader.all<{ id: string }>('SELECT id FROM user WHERE id > ? ORDER BY id LIMIT ?', [
    after,
    limit,
  ]);
  return rows.map(({ id }) => id);
}
