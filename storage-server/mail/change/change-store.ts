import type { Param, Reader, Writer } from '../../../server-kit/database/database.ts';
import { deleteVerdicts } from '../../origin/origin-store.ts';
import { deleteUnsubscribed } from '../../unsubscribe/unsubscribe-store.ts';
import { countUnread } from '../mail-record.ts';
import { STATE_COLUMNS, type MailState } from '../mail-state.ts';
import { chunk, makeList } from '../mail-store.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';

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
        `SELECT ${STATE_COLUMNS} FROM mail WHERE user_id = ? AND id IN (${places})`,
        [user, ...params],
      )),
    );
  }
  return found;
}

/** Mails that become alike change together. */
export interface ChangeGroup {
  mails: number[];
  /** Columns that change and their new values. */
  set: { mailbox?: string; flags?: number; labels?: string | null };
}

export async function updateGroup(
  tx: Writer,
  user: string,
  { mails, set }: ChangeGroup,
  { modseq, at }: { modseq: number; at: number },
): Promise<void> {
  const values: Record<string, Param> = { modseq };
  if (set.mailbox !== undefined) Object.assign(values, { mailbox: set.mailbox, moved_at: at });
  if (set.flags !== undefined) Object.assign(values, { flags: set.flags, unread: countUnread(set.flags) });
  if (set.labels !== undefined) values['labels'] = set.labels;
  const sets = Object.keys(values).map((column) => `${column} = ?`);
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    const where = `WHERE user_id = ? AND`;
    await tx.run(`UPDATE mail SET ${sets.join(', ')} ${where} id IN (${places})`, [
      ...Object.values(values),
      user,
      ...params,
    ]);
    if (set.mailbox === undefined) continue;
    await tx.run(`UPDATE mail_original SET mailbox = ? ${where} mail IN (${places})`, [
      set.mailbox,
      user,
      ...params,
    ]);
  }
}

/** The next mails of a mailbox, the oldest first. */
export async function findStatesIn(
  read: Reader,
  user: string,
  mailbox: string,
  limit: number,
): Promise<MailState[]> {
  return await read.all(
    `SELECT ${STATE_COLUMNS} FROM mail WHERE user_id = ? AND mailbox = ? ORDER BY date, id LIMIT ?`,
    [user, mailbox, limit],
  );
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
  await deleteUnsubscribed(tx, user, mails);
  await writeRows(
    tx,
    'mail_tombstone',
    ['user_id', 'mail', 'modseq', 'at'],
    mails.map((mail) => [user, mail, change.modseq, change.at]),
  );
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
