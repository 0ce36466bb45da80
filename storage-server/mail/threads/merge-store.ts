import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { chunk, makeList } from '../mail-store.ts';
import { STATE_COLUMNS, type MailState } from '../mail-state.ts';

/** All mails of these threads, in whatever mailbox. */
export async function findStatesOf(
  read: Reader,
  user: string,
  threads: readonly number[],
): Promise<MailState[]> {
  const found: MailState[] = [];
  for (const part of chunk(threads)) {
    const { places, params } = makeList(part);
    const text = `SELECT ${STATE_COLUMNS} FROM mail WHERE user_id = ? AND thread IN (${places})`;
    found.push(...(await read.all<MailState>(text, [user, ...params])));
  }
  return found;
}

/** Every mail of `thread` is one of `target` from `modseq` on. */
export async function moveThread(
  tx: Writer,
  user: string,
  change: { thread: number; target: number; modseq: number },
): Promise<void> {
  await tx.run('UPDATE mail SET thread = ?, modseq = ? WHERE user_id = ? AND thread = ?', [
    change.target,
    change.modseq,
    user,
    change.thread,
  ]);
}

/** A mail with the same base subject; addresses as JSON. */
export interface SubjectRow {
  id: number;
  thread: number;
  date: number;
  subject: string;
  subject_key: number;
  sender: string;
  recipients: string;
}

/** Of a subject asked for by many mails of a batch no more than these are looked at. */
const MOST_ROWS = 50;
const COLUMNS = 'id, thread, date, subject, subject_key, sender, recipients';

/** Those whose key is `key`, around `date`, nearest ones first on either side. */
export async function findBySubject(
  read: Reader,
  user: string,
  query: { key: number; from: number; date: number; to: number },
): Promise<SubjectRow[]> {
  const where = `SELECT ${COLUMNS} FROM mail WHERE user_id = ? AND subject_key = ? AND`;
  const before = await read.all<SubjectRow>(
    `${where} date >= ? AND date <= ? ORDER BY date DESC LIMIT ${MOST_ROWS}`,
    [user, query.key, query.from, query.date],
  );
  const after = await read.all<SubjectRow>(
    `${where} date > ? AND date <= ? ORDER BY date LIMIT ${MOST_ROWS}`,
    [user, query.key, query.date, query.to],
  );
  return [...before, ...after];
}

/** Which of these subjects have mails at all. */
export async function findSubjectKeys(
  read: Reader,
  user: string,
  keys: readonly number[],
): Promise<Set<number>> {
  const found = new Set<number>();
  for (const part of chunk(keys)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ subject_key: number }>(
      `SELECT DISTINCT subject_key FROM mail WHERE user_id = ? AND subject_key IN (${places})`,
      [user, ...params],
    );
    for (const row of rows) found.add(row.subject_key);
  }
  return found;
}

/** An answer that waited for its original has found it. */
export async function settleAnswers(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(
      `UPDATE mail SET subject_key = -subject_key WHERE user_id = ? AND id IN (${places}) AND subject_key < 0`,
      [user, ...params],
    );
  }
}
