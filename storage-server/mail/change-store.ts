import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { MailRecord } from './mail-record.ts';
import { deleteVerdicts } from '../origin/origin-store.ts';
import { chunk, makeList } from './mail-store.ts';

/** What a change needs to know of a mail. */
export type MailState = Pick<MailRecord, 'id' | 'mailbox' | 'flags' | 'size'>;

export async function findStates(
  read: Reader,
  user: string,
  numbers: readonly number[],
): Promise<MailState[]> {
  const found: MailState[] = [];
  for (const part of chunk(numbers)) {
    const { places, params } = makeList(part);
    found.push(
      ...(await read.all<MailState>(
        `SELECT id, mailbox, flags, size FROM mail WHERE user_id = ? AND id IN (${places})`,
        [user, ...params],
      )),
    );
  }
  return found;
}

export async function updateFlags(
  tx: Writer,
  user: string,
  mails: readonly number[],
  change: { add: number; keep: number; modseq: number },
): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(
      `UPDATE mail SET flags = (flags | ?) & ?, modseq = ? WHERE user_id = ? AND id IN (${places})`,
      [change.add, change.keep, change.modseq, user, ...params],
    );
  }
}

export async function updateMailbox(
  tx: Writer,
  user: string,
  mails: readonly number[],
  change: { mailbox: string; modseq: number },
): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`UPDATE mail SET mailbox = ?, modseq = ? WHERE user_id = ? AND id IN (${places})`, [
      change.mailbox,
      change.modseq,
      user,
      ...params,
    ]);
  }
}

/** Everything of one mailbox into another. */
export async function replaceMailbox(
  tx: Writer,
  user: string,
  from: string,
  change: { mailbox: string; modseq: number },
): Promise<void> {
  await tx.run('UPDATE mail SET mailbox = ?, modseq = ? WHERE user_id = ? AND mailbox = ?', [
    change.mailbox,
    change.modseq,
    user,
    from,
  ]);
}

/** Rows go, tombstones stay for a while so that clients learn of it. */
export async function deleteMails(
  tx: Writer,
  user: string,
  mails: readonly number[],
  change: { modseq: number; at: number },
): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM mail WHERE user_id = ? AND id IN (${places})`, [user, ...params]);
    await tx.run(`DELETE FROM mail_original WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
  await deleteVerdicts(tx, user, mails);
  for (const part of chunk(mails, 50)) {
    const rows = part.map(() => '(?, ?, ?, ?)').join(',');
    await tx.run(
      `INSERT INTO mail_tombstone (user_id, mail, modseq, at) VALUES ${rows}`,
      part.flatMap((mail) => [user, mail, change.modseq, change.at]),
    );
  }
}

/** Users with tombstones older than `before`, and the newest modseq among those. */
export async function findOldTombstones(
  read: Reader,
  before: number,
): Promise<{ user: string; modseq: number }[]> {
  return await read.all(
    'SELECT user_id AS user, MAX(modseq) AS modseq FROM mail_tombstone WHERE at < ? GROUP BY user_id LIMIT 1000',
    [before],
  );
}

/** Forgets a user's tombstones up to a modseq: clients that know less read afresh. */
export async function forgetTombstones(tx: Writer, user: string, modseq: number): Promise<void> {
  await tx.run('UPDATE user_counter SET forgotten = ? WHERE user_id = ? AND forgotten < ?', [
    modseq,
    user,
    modseq,
  ]);
  await tx.run('DELETE FROM mail_tombstone WHERE user_id = ? AND modseq <= ?', [user, modseq]);
}
