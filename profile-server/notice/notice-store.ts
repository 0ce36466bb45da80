import type { Language } from '../../common/shapes/profile.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** A mail of the profile-server itself that waits for a relay. */
export interface NoticeRecord {
  id: string;
  /** Whom it is for. */
  user: string;
  /** The address that it goes to. */
  recipient: string;
  kind: 'sender-code' | 'second-address' | 'reset' | 'alert';
  language: Language;
  /** Id of what it tells of. */
  about: string;
  made_at: number;
  /** A relay takes it from then on: now, or when the one that took it has not said that it keeps it. */
  take_at: number;
}

const COLUMNS = 'id, user, recipient, kind, language, about, made_at, take_at';

export async function addNotice(tx: Writer, notice: NoticeRecord): Promise<void> {
  const { id, user, recipient, kind, language, about, made_at, take_at } = notice;
  await tx.run(`INSERT INTO notice (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    id,
    user,
    recipient,
    kind,
    language,
    about,
    made_at,
    take_at,
  ]);
}

export async function listDueNotices(reader: Reader, now: number, limit: number): Promise<NoticeRecord[]> {
  return await reader.all<NoticeRecord>(
    `SELECT ${COLUMNS} FROM notice WHERE take_at <= ? ORDER BY take_at LIMIT ${limit}`,
    [now],
  );
}

/** False when another relay was faster. */
export async function lendNotice(tx: Writer, id: string, now: number, until: number): Promise<boolean> {
  const { changes } = await tx.run('UPDATE notice SET take_at = ? WHERE id = ? AND take_at <= ?', [
    until,
    id,
    now,
  ]);
  return changes === 1;
}

export async function removeNotices(tx: Writer, ids: readonly string[]): Promise<void> {
  for (const id of ids) await tx.run('DELETE FROM notice WHERE id = ?', [id]);
}

export async function removeOldNotices(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM notice WHERE made_at < ?', [before]);
}
