import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

/** Everything up to this change of the user's mails is done; of changes with one modseq, up to this mail. */
export interface Cursor {
  modseq: number;
  mail: number;
}

/** Who follows the changes of mail has a table of his own. */
export type CursorTable = 'origin_cursor' | 'use_cursor';

/** Users with changes behind their cursor. */
export async function findBehind(read: Reader, table: CursorTable): Promise<string[]> {
  const rows = await read.all<{ user: string }>(
    `SELECT c.user_id AS user FROM user_counter c LEFT JOIN ${table} o ON o.user_id = c.user_id
     WHERE o.user_id IS NULL OR o.modseq < c.modseq`,
  );
  return rows.map((row) => row.user);
}

export async function readCursor(read: Reader, table: CursorTable, user: string): Promise<Cursor> {
  const row = await read.get<Cursor>(`SELECT modseq, mail FROM ${table} WHERE user_id = ?`, [user]);
  return row ?? { modseq: 0, mail: 0 };
}

export async function saveCursor(
  tx: Writer,
  table: CursorTable,
  user: string,
  { modseq, mail }: Cursor,
): Promise<void> {
  const clash = { keys: ['user_id'], set: { modseq: 'replace', mail: 'replace' } } as const;
  await writeRows(tx, table, ['user_id', 'modseq', 'mail'], [[user, modseq, mail]], clash);
}
