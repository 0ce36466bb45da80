import type { Param, Writer } from './database.ts';

/** Adds one row; false when a key of it is there already: of two that add it at once the key decides. */
export async function addRow(
  tx: Writer,
  table: string,
  columns: string,
  values: readonly Param[],
): Promise<boolean> {
  const into = tx.engine === 'sqlite' ? 'INSERT OR IGNORE INTO' : 'INSERT IGNORE INTO';
  const places = values.map(() => '?').join(', ');
  const { changes } = await tx.run(`${into} ${table} (${columns}) VALUES (${places})`, values);
  return changes === 1;
}
