import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';
import type { MailRecord } from '../mail-record.ts';
import { matchHashes } from '../match-hashes.ts';
import { chunk, makeList, type OriginalRecord } from '../mail-store.ts';

const MAIL_COLUMNS = [
  'id',
  'modseq',
  'mailbox',
  'thread',
  'date',
  'received',
  'size',
  'flags',
  'attachments',
  'header',
  'body',
  'same_key',
  'problem',
  'send_key',
  'accounts',
  'subject',
  'sender',
  'recipients',
  'snippet',
  'labels',
  'unread',
  'added',
  'moved_at',
  'subject_key',
] as const satisfies (keyof MailRecord)[];

export async function insertMails(tx: Writer, user: string, mails: readonly MailRecord[]): Promise<void> {
  const rows = mails.map((mail) => [user, ...MAIL_COLUMNS.map((column) => mail[column])]);
  await writeRows(tx, 'mail', ['user_id', ...MAIL_COLUMNS], rows);
}

export async function insertOriginals(
  tx: Writer,
  user: string,
  originals: readonly OriginalRecord[],
): Promise<void> {
  const rows = originals.map((one) => [
    user,
    one.mail,
    one.account,
    one.header,
    one.body,
    one.size,
    one.mailbox,
    one.date,
  ]);
  await writeRows(
    tx,
    'mail_original',
    ['user_id', 'mail', 'account', 'header', 'body', 'size', 'mailbox', 'date'],
    rows,
  );
}

export async function insertThreadKeys(
  tx: Writer,
  user: string,
  keys: readonly (readonly [string, number])[],
): Promise<void> {
  const rows = keys.map(([key, thread]) => [user, key, thread]);
  await writeRows(tx, 'thread_key', ['user_id', 'message_key', 'thread'], rows);
}

/** Threads already known by a Message-ID's key. */
export async function findThreads(
  read: Reader,
  user: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const part of chunk(keys)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ message_key: string; thread: number }>(
      `SELECT message_key, thread FROM thread_key WHERE user_id = ? AND message_key IN (${places})`,
      [user, ...params],
    );
    for (const row of rows) found.set(row.message_key, row.thread);
  }
  return found;
}

/**
 * Mails that may be the same as one that comes through another account: same header half, see `sameKey`; oldest first.
 * Sorted here: asked for an order, SQLite reads all mails of the user in that order instead of the few that it is about.
 */
export async function findSame(
  read: Reader,
  user: string,
  sameKeys: readonly string[],
): Promise<Pick<MailRecord, 'id' | 'same_key' | 'body' | 'accounts'>[]> {
  const found: Pick<MailRecord, 'id' | 'same_key' | 'body' | 'accounts'>[] = [];
  for (const part of chunk(sameKeys)) {
    const { where, params } = matchHashes('same_key', part);
    found.push(
      ...(await read.all<Pick<MailRecord, 'id' | 'same_key' | 'body' | 'accounts'>>(
        `SELECT id, same_key, body, accounts FROM mail WHERE user_id = ? AND ${where}`,
        [user, ...params],
      )),
    );
  }
  return found.toSorted((a, b) => a.id - b.id);
}

/** Mails of the account with exactly these bytes, oldest first; sorted here as in findSame. */
export async function findIdentical(
  read: Reader,
  user: string,
  original: { account: string; header: string; body: string },
): Promise<number[]> {
  const { where, params } = matchHashes('header', [original.header]);
  const rows = await read.all<{ mail: number }>(
    `SELECT mail FROM mail_original WHERE ${where} AND body = ? AND user_id = ? AND account = ?`,
    [...params, original.body, user, original.account],
  );
  return rows.map((row) => row.mail).toSorted((a, b) => a - b);
}

export async function addAccount(
  tx: Writer,
  user: string,
  mail: number,
  change: { accounts: string; modseq: number },
): Promise<void> {
  await tx.run('UPDATE mail SET accounts = ?, modseq = ? WHERE user_id = ? AND id = ?', [
    change.accounts,
    change.modseq,
    user,
    mail,
  ]);
}

/** New content for a row that stays where it is. */
export async function updateMail(tx: Writer, user: string, mail: MailRecord): Promise<void> {
  const columns = MAIL_COLUMNS.filter((column) => column !== 'id');
  await tx.run(
    `UPDATE mail SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE user_id = ? AND id = ?`,
    [...columns.map((column) => mail[column]), user, mail.id],
  );
}

export async function deleteOriginals(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM mail_original WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}
