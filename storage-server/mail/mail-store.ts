import type { Param, Reader, Writer } from '../../server-kit/database/database.ts';
import type { MailRecord } from './mail-record.ts';

/** Longest list of values in one statement. */
const CHUNK = 400;

export function* chunk<T>(values: readonly T[], size = CHUNK): Generator<readonly T[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}

/** `?` places for an IN list; lengths are rounded up (repeating the last value) so that few texts are prepared. */
export function makeList(values: readonly Param[]): { places: string; params: Param[] } {
  const length = [1, 4, 16, 64, CHUNK].find((size) => size >= values.length) ?? values.length;
  const params = Array.from({ length }, (_, index) => values[Math.min(index, values.length - 1)] as Param);
  return { places: params.map(() => '?').join(','), params };
}

/**
 * The first statement of every transaction that changes a user's mails: locks his counters, so that modseqs are
 * committed in their order. `ids` numbers are reserved for new rows; the last of them is `lastId`.
 */
export async function advanceCounter(
  tx: Writer,
  user: string,
  ids: number,
): Promise<{ lastId: number; modseq: number }> {
  const insert = 'INSERT INTO user_counter (user_id, last_id, modseq, forgotten) VALUES (?, ?, 1, 0)';
  const params = [user, ids, ids];
  let row: { last_id: number; modseq: number } | undefined;
  if (tx.engine === 'sqlite') {
    const update = 'ON CONFLICT (user_id) DO UPDATE SET last_id = last_id + ?, modseq = modseq + 1';
    row = await tx.get(`${insert} ${update} RETURNING last_id, modseq`, params);
  } else {
    await tx.run(`${insert} ON DUPLICATE KEY UPDATE last_id = last_id + ?, modseq = modseq + 1`, params);
    row = await tx.get('SELECT last_id, modseq FROM user_counter WHERE user_id = ?', [user]);
  }
  return { lastId: row?.last_id ?? 0, modseq: row?.modseq ?? 0 };
}

export async function readCounter(
  read: Reader,
  user: string,
): Promise<{ modseq: number; forgotten: number }> {
  const row = await read.get<{ modseq: number; forgotten: number }>(
    'SELECT modseq, forgotten FROM user_counter WHERE user_id = ?',
    [user],
  );
  return row ?? { modseq: 0, forgotten: 0 };
}

/** Unasked, MariaDB reads a list from its begin instead of from the place where the page begins; stands behind the table. */
export function useIndex({ engine }: Reader, name: string): string {
  return engine === 'sqlite' ? `INDEXED BY ${name}` : `FORCE INDEX (${name})`;
}

export interface PagePlace {
  date: number;
  id: number;
}

export async function findMails(
  read: Reader,
  user: string,
  numbers: readonly number[],
): Promise<MailRecord[]> {
  const found: MailRecord[] = [];
  for (const part of chunk(numbers)) {
    const { places, params } = makeList(part);
    found.push(
      ...(await read.all<MailRecord>(`SELECT * FROM mail WHERE user_id = ? AND id IN (${places})`, [
        user,
        ...params,
      ])),
    );
  }
  return found;
}

/** Rows changed after `since`, oldest change first. */
export async function readChanged(
  read: Reader,
  user: string,
  since: number,
  limit: number,
): Promise<MailRecord[]> {
  return await read.all('SELECT * FROM mail WHERE user_id = ? AND modseq > ? ORDER BY modseq, id LIMIT ?', [
    user,
    since,
    limit,
  ]);
}

export async function readTombstones(
  read: Reader,
  user: string,
  since: number,
  limit: number,
): Promise<number[]> {
  const rows = await read.all<{ mail: number }>(
    'SELECT mail FROM mail_tombstone WHERE user_id = ? AND modseq > ? LIMIT ?',
    [user, since, limit],
  );
  return rows.map((row) => row.mail);
}

export interface OriginalRecord {
  mail: number;
  account: string;
  header: string;
  body: string;
  size: number;
  /** Of its mail. */
  mailbox: string;
  date: number;
}

export async function readOriginals(read: Reader, user: string, mail: number): Promise<OriginalRecord[]> {
  return await read.all(
    'SELECT mail, account, header, body, size, mailbox, date FROM mail_original WHERE user_id = ? AND mail = ?',
    [user, mail],
  );
}

/** Every original of these mails. */
export async function findOriginals(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<OriginalRecord[]> {
  const found: OriginalRecord[] = [];
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    found.push(
      ...(await read.all<OriginalRecord>(
        `SELECT mail, account, header, body, size, mailbox, date FROM mail_original WHERE user_id = ? AND mail IN (${places})`,
        [user, ...params],
      )),
    );
  }
  return found;
}
