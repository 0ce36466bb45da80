import type { UseMonthCounts } from './add-tallies.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';
import type { Cursor } from '../background/cursor-store.ts';
import { chunk, makeList } from '../mail/mail-store.ts';
import type { OpenMail } from './count-mail.ts';

/** As it stands in the store; `send_key` is not null for what was written here. */
export interface ChangedMail {
  id: number;
  modseq: number;
  added: number;
  date: number;
  received: number;
  size: number;
  flags: number;
  accounts: string;
  send_key: string | null;
}

/** Mails that changed after the cursor, the oldest change first. */
export async function readChangedMails(
  read: Reader,
  user: string,
  after: Cursor,
  limit: number,
): Promise<ChangedMail[]> {
  return await read.all(
    `SELECT id, modseq, added, date, received, size, flags, accounts, send_key FROM mail
     WHERE user_id = ? AND modseq >= ? AND (modseq > ? OR id > ?) ORDER BY modseq, id LIMIT ?`,
    [user, after.modseq, after.modseq, after.mail, limit],
  );
}

export async function readOpenMails(
  read: Reader,
  user: string,
  mails: readonly number[],
): Promise<OpenMail[]> {
  const found: OpenMail[] = [];
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    found.push(
      ...(await read.all<OpenMail>(
        `SELECT mail, at, provider, is_read, answered FROM use_mail WHERE user_id = ? AND mail IN (${places})`,
        [user, ...params],
      )),
    );
  }
  return found;
}

export async function saveOpenMails(tx: Writer, user: string, open: readonly OpenMail[]): Promise<void> {
  await writeRows(
    tx,
    'use_mail',
    ['user_id', 'mail', 'at', 'provider', 'is_read', 'answered'],
    open.map((one) => [user, one.mail, one.at, one.provider, one.is_read, one.answered]),
    { keys: ['user_id', 'mail'], set: { is_read: 'replace', answered: 'replace' } },
  );
}

/** Noted mails from before, the oldest first. */
export async function readOver(
  read: Reader,
  before: number,
  limit: number,
): Promise<(OpenMail & { user: string })[]> {
  return await read.all(
    `SELECT user_id AS user, mail, at, provider, is_read, answered FROM use_mail WHERE at < ? ORDER BY at LIMIT ?`,
    [before, limit],
  );
}

export async function forgetOpenMails(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM use_mail WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}

export async function readMonthCounts(
  read: Reader,
  user: string,
  month: string,
): Promise<UseMonthCounts | null> {
  const row = await read.get<{ counts: string }>(
    'SELECT counts FROM use_month WHERE user_id = ? AND month = ?',
    [user, month],
  );
  return row === undefined ? null : (JSON.parse(row.counts) as UseMonthCounts);
}

export async function saveMonthCounts(
  tx: Writer,
  user: string,
  month: string,
  counts: UseMonthCounts,
): Promise<void> {
  await writeRows(
    tx,
    'use_month',
    ['user_id', 'month', 'counts', 'reported'],
    [[user, month, JSON.stringify(counts), 0]],
    { keys: ['user_id', 'month'], set: { counts: 'replace', reported: 'replace' } },
  );
}

export interface UnreportedMonth {
  user: string;
  month: string;
  counts: string;
}

export async function readUnreported(read: Reader, limit: number): Promise<UnreportedMonth[]> {
  return await read.all(
    'SELECT user_id AS user, month, counts FROM use_month WHERE reported = 0 ORDER BY user_id, month LIMIT ?',
    [limit],
  );
}

/** Unless it has been counted on meanwhile. */
export async function markReported(tx: Writer, { user, month, counts }: UnreportedMonth): Promise<void> {
  await tx.run('UPDATE use_month SET reported = 1 WHERE user_id = ? AND month = ? AND counts = ?', [
    user,
    month,
    counts,
  ]);
}

export async function forgetMonths(tx: Writer, before: string): Promise<void> {
  await tx.run('DELETE FROM use_month WHERE month < ?', [before]);
}

/** How what was sent stands: the key of what another program handed in is its id at the relay. */
export interface SentMail {
  state: string;
  due_at: number;
  send_key: string;
  queue_id: string | null;
  mail_from: string;
  /** RecipientStatus of the first recipient, JSON. */
  detail: string | null;
}

export async function readSent(read: Reader, user: string, mail: string): Promise<SentMail | undefined> {
  return await read.get<SentMail>(
    `SELECT s.state, s.due_at, s.send_key, s.queue_id, s.mail_from, r.detail FROM send s
     LEFT JOIN send_recipient r ON r.user = s.user AND r.mail = s.mail
     WHERE s.user = ? AND s.mail = ? ORDER BY r.position LIMIT 1`,
    [user, mail],
  );
}

/** What users hold: mails, and bytes as they came. */
export async function readHoldings(
  read: Reader,
  users: readonly string[],
): Promise<{ user: string; mails: number; bytes: number }[]> {
  const found: { user: string; mails: number; bytes: number }[] = [];
  for (const part of chunk(users)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ user: string; mails: number | string; bytes: number | string }>(
      `SELECT user_id AS user, SUM(total) AS mails, SUM(bytes) AS bytes FROM mailbox_counter
       WHERE user_id IN (${places}) GROUP BY user_id`,
      params,
    );
    found.push(
      ...rows.map(({ user, mails, bytes }) => ({ user, mails: Number(mails), bytes: Number(bytes) })),
    );
  }
  return found;
}

/** Users who have, or had, any mail here. */
export async function listHolders(read: Reader): Promise<string[]> {
  const rows = await read.all<{ user: string }>('SELECT user_id AS user FROM user_counter');
  return rows.map((row) => row.user);
}
