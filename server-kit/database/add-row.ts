import { isDuplicateKey } from './database-error.ts';
import type { Param, Writer } from './database.ts';

/**
 * Adds one row; false when a key of it is there already: of two that add it at once the key decides. Anything else that is wrong
 * with it is an error: `IGNORE` would cut what is too long, or take a missing value for a key.
 */
export async function addRow(
  tx: Writer,
  table: string,
  columns: string,
  values: readonly Param[],
): Promise<boolean> {
  const places = values.map(() => '?').join(', ');
  const insert = `INSERT INTO ${table} (${columns}) VALUES (${places})`;
  if (tx.engine === 'sqlite') return (await tx.run(`${insert} ON CONFLICT DO NOTHING`, values)).changes === 1;
  try {
    await tx.run(insert, values);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
