import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { labelKey, readLabels } from '../mail/mail-record.ts';
import { INDEX_VERSION } from './index/index-version.ts';
import type { IndexedRow } from './index/search-index.ts';

/** Users whose mails changed since their index was noted to be complete, or whose index is of another version. */
export async function findBehind(read: Reader): Promise<string[]> {
  const rows = await read.all<{ user: string }>(
    `SELECT c.user_id AS user FROM user_counter c LEFT JOIN search_cursor s ON s.user_id = c.user_id
     WHERE s.user_id IS NULL OR s.modseq < c.modseq OR s.version <> ?`,
    [INDEX_VERSION],
  );
  return rows.map((row) => row.user);
}

export async function saveComplete(tx: Writer, complete: ReadonlyMap<string, number>): Promise<void> {
  const update =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (user_id) DO UPDATE SET modseq = excluded.modseq, version = excluded.version'
      : 'ON DUPLICATE KEY UPDATE modseq = VALUES(modseq), version = VALUES(version)';
  for (const [user, modseq] of complete) {
    await tx.run(`INSERT INTO search_cursor (user_id, modseq, version) VALUES (?, ?, ?) ${update}`, [
      user,
      modseq,
      INDEX_VERSION,
    ]);
  }
}

/** Mails that changed behind the cursor, the oldest change first. */
export async function readChanged(
  read: Reader,
  user: string,
  after: { modseq: number; mail: number },
  limit: number,
): Promise<IndexedRow[]> {
  const rows = await read.all<Omit<IndexedRow, 'labels'> & { labels: string | null }>(
    `SELECT id AS mail, modseq, date, size, flags, attachments, mailbox, accounts, labels, header, body FROM mail
     WHERE user_id = ? AND modseq >= ? AND (modseq > ? OR id > ?) ORDER BY modseq, id LIMIT ?`,
    [user, after.modseq, after.modseq, after.mail, limit],
  );
  return rows.map((row) => ({ ...row, labels: joinLabels(row.labels) }));
}

/** Of what changed behind the cursor, the mails up to the number `newest`, the last changes first. */
export async function readChangedKnown(
  read: Reader,
  user: string,
  after: { modseq: number; newest: number },
  limit: number,
): Promise<IndexedRow[]> {
  const rows = await read.all<Omit<IndexedRow, 'labels'> & { labels: string | null }>(
    `SELECT id AS mail, modseq, date, size, flags, attachments, mailbox, accounts, labels, header, body FROM mail
     WHERE user_id = ? AND modseq > ? AND id <= ? ORDER BY modseq DESC LIMIT ?`,
    [user, after.modseq, after.newest, limit],
  );
  return rows.map((row) => ({ ...row, labels: joinLabels(row.labels) }));
}

function joinLabels(labels: string | null): string {
  return labels === null ? '' : `\n${readLabels(labels).map(labelKey).join('\n')}\n`;
}

/** Mails that are gone since a change. */
export async function readRemoved(read: Reader, user: string, since: number): Promise<number[]> {
  const rows = await read.all<{ mail: number }>(
    'SELECT mail FROM mail_tombstone WHERE user_id = ? AND modseq > ?',
    [user, since],
  );
  return rows.map((row) => row.mail);
}

/** Where the bytes of mails are, by their numbers; those that are gone are left out. */
export async function readSources(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<Map<number, { header: string; body: string; size: number }>> {
  if (mails.length === 0) return new Map();
  const rows = await read.all<{ mail: number; header: string; body: string; size: number }>(
    `SELECT id AS mail, header, body, size FROM mail WHERE user_id = ? AND id IN (${mails.map(() => '?').join(', ')})`,
    [user, ...mails],
  );
  return new Map(rows.map((row) => [row.mail, row]));
}
