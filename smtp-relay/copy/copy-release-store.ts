import type { Writer } from '../../server-kit/database/database.ts';

/** The home has it, or it is no longer wanted: the bytes go if nobody waits for the mail. */
export async function releaseCopy(tx: Writer, mail: string): Promise<void> {
  await tx.run('DELETE FROM mail_copy WHERE mail = ?', [mail]);
  // Locked, or finishing at the same moment by another relay would leave the bytes to neither.
  const lock = tx.engine === 'mysql' ? ' FOR UPDATE' : '';
  const row = await tx.get<{ finished_at: number | null }>(
    `SELECT finished_at FROM mail WHERE id = ?${lock}`,
    [mail],
  );
  if (row !== undefined && row.finished_at !== null) {
    await tx.run('DELETE FROM mail_chunk WHERE mail = ?', [mail]);
  }
}
