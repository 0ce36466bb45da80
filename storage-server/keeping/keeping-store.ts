import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { STATE_COLUMNS, type MailState } from '../mail/mail-state.ts';
import { chunk, makeList, type OriginalRecord } from '../mail/mail-store.ts';
import { matchHashes } from '../mail/match-hashes.ts';
import { ROW_FIELDS, type RowFields } from './check/row-fields.ts';

const COMPARED_COLUMNS = [
  ...new Set([...STATE_COLUMNS.split(', '), 'header', 'body', 'unread', 'received', ...ROW_FIELDS]),
].join(', ');

/** A mail's row as far as it can be compared with something else. */
export interface CheckedMail extends MailState {
  header: string;
  body: string;
  unread: number;
}

/** With all that it repeats of its bytes. */
export interface ComparedMail extends CheckedMail, RowFields {
  received: number;
}

/** Everybody of whom there is a row. */
export async function listUsers(read: Reader): Promise<string[]> {
  const rows = await read.all<{ user: string }>(
    `SELECT user_id AS user FROM user_counter UNION SELECT DISTINCT user_id FROM mail
     UNION SELECT DISTINCT user_id FROM mail_original ORDER BY 1`,
  );
  return rows.map(({ user }) => user);
}

export async function countMails(read: Reader): Promise<number> {
  return (await read.get<{ n: number }>('SELECT COUNT(*) AS n FROM mail'))?.n ?? 0;
}

export async function readMailsAfter(
  read: Reader,
  user: string,
  after: number,
  limit: number,
): Promise<CheckedMail[]> {
  return await read.all(
    `SELECT ${STATE_COLUMNS}, header, body, unread FROM mail WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?`,
    [user, after, limit],
  );
}

/** The same with what is compared with their bytes. */
export async function readWholeAfter(
  read: Reader,
  user: string,
  after: number,
  limit: number,
): Promise<ComparedMail[]> {
  return await read.all(
    `SELECT ${COMPARED_COLUMNS} FROM mail WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?`,
    [user, after, limit],
  );
}

/** An original as it is listed: `mailbox` and `date` repeat what the mail's row says. */
export interface CheckedOriginal extends OriginalRecord {
  mailbox: string;
  date: number;
}

/** Of the mails behind `after` up to `last`. */
export async function readOriginalsBetween(
  read: Reader,
  user: string,
  after: number,
  last: number,
): Promise<CheckedOriginal[]> {
  return await read.all(
    `SELECT mail, account, header, body, size, mailbox, date FROM mail_original
     WHERE user_id = ? AND mail > ? AND mail <= ? ORDER BY mail, account`,
    [user, after, last],
  );
}

/** Of all drafts, behind that id. */
export async function readAttachmentsAfter(
  read: Reader,
  after: string,
  limit: number,
): Promise<{ id: string; user: string; mail: string; blob: string; size: number }[]> {
  return await read.all(
    'SELECT id, user, mail, blob_id AS `blob`, size FROM draft_attachment WHERE id > ? ORDER BY id LIMIT ?',
    [after, limit],
  );
}

export async function readLastId(read: Reader, user: string): Promise<{ lastId: number; modseq: number }> {
  const row = await read.get<{ lastId: number; modseq: number }>(
    'SELECT last_id AS lastId, modseq FROM user_counter WHERE user_id = ?',
    [user],
  );
  return row ?? { lastId: 0, modseq: 0 };
}

/** Which of these blobs a mail of anybody's refers to. */
export async function findReferencedBlobs(read: Reader, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const part of chunk(ids)) {
    for (const column of ['header', 'body']) {
      const { where, params } = matchHashes(column, part);
      const rows = await read.all<{ id: string }>(
        `SELECT DISTINCT ${column} AS id FROM mail_original WHERE ${where}`,
        params,
      );
      found.push(...rows.map((row) => row.id));
    }
  }
  return found;
}

/** Whose mails have one of these blobs. */
export async function findHolders(
  read: Reader,
  blobs: readonly string[],
): Promise<(OriginalRecord & { user: string })[]> {
  const found: (OriginalRecord & { user: string })[] = [];
  for (const part of chunk(blobs)) {
    for (const column of ['header', 'body']) {
      const { where, params } = matchHashes(column, part);
      found.push(
        ...(await read.all<OriginalRecord & { user: string }>(
          `SELECT user_id AS user, mail, account, header, body, size FROM mail_original WHERE ${where}`,
          params,
        )),
      );
    }
  }
  return found;
}

/** Which of these blobs are known to be lost: repair has said so, and nobody has brought them back yet. */
export async function findLost(read: Reader, blobs: readonly string[]): Promise<Set<string>> {
  const lost = new Set<string>();
  for (const part of chunk(blobs)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ id: string }>(`SELECT id FROM lost_blob WHERE id IN (${places})`, params);
    for (const { id } of rows) lost.add(id);
  }
  return lost;
}

export async function listLost(read: Reader): Promise<string[]> {
  return (await read.all<{ id: string }>('SELECT id FROM lost_blob')).map(({ id }) => id);
}

export async function noteLost(tx: Writer, blobs: readonly string[], at: number): Promise<void> {
  const over =
    tx.engine === 'sqlite' ? 'ON CONFLICT (id) DO NOTHING' : 'ON DUPLICATE KEY UPDATE found_at = found_at';
  for (const id of blobs)
    await tx.run(`INSERT INTO lost_blob (id, found_at) VALUES (?, ?) ${over}`, [id, at]);
}

export async function forgetLost(tx: Writer, blobs: readonly string[]): Promise<void> {
  for (const id of blobs) await tx.run('DELETE FROM lost_blob WHERE id = ?', [id]);
}
