import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

export interface NoteRecord {
  id: string;
  user: string;
  at: number;
  what: string;
  /** Id of the admin who did it; null for the user. */
  by_user: string | null;
  /** JSON of a NoteDetail. */
  detail: string;
}

const COLUMNS = 'id, user, at, what, by_user, detail';
/** More than anybody reads, and what a reply may hold; of either kind, see `listNotes`. */
const MOST = 200;
/** What an admin did, and the code that he may have used himself. */
const OF_ADMINS = "(by_user IS NOT NULL OR what = 'reset-used')";

export async function insertNote(tx: Writer, note: NoteRecord): Promise<void> {
  await tx.run(`INSERT INTO security_note (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`, [
    note.id,
    note.user,
    note.at,
    note.what,
    note.by_user,
    note.detail,
  ]);
}

/** The newest first. Who came in by a reset could write many of the others: they hide nothing that concerns admins. */
export async function listNotes(reader: Reader, user: string, since: Millis): Promise<NoteRecord[]> {
  const list = async (which: string): Promise<NoteRecord[]> =>
    await reader.all<NoteRecord>(
      `SELECT ${COLUMNS} FROM security_note WHERE user = ? AND at >= ? AND ${which}
        ORDER BY at DESC, id DESC LIMIT ${MOST}`,
      [user, since],
    );
  const all = [...(await list(OF_ADMINS)), ...(await list(`NOT ${OF_ADMINS}`))];
  return all.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}

export async function hasNote(reader: Reader, user: string, what: string, since: Millis): Promise<boolean> {
  const found = await reader.get(
    'SELECT id FROM security_note WHERE user = ? AND what = ? AND at >= ? LIMIT 1',
    [user, what, since],
  );
  return found !== undefined;
}

export async function removeOldNotes(tx: Writer, before: Millis): Promise<void> {
  await tx.run('DELETE FROM security_note WHERE at < ?', [before]);
}
