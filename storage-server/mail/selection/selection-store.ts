import type { Param, Reader } from '../../../server-kit/database/database.ts';
import { chunk, makeList, type PagePlace, useIndex } from '../mail-store.ts';
import { STATE_COLUMNS } from '../mail-state.ts';
import type { Candidate } from './filter.ts';

const COLUMNS = `${STATE_COLUMNS}, sender, added`;

export async function findCandidates(
  read: Reader,
  user: string,
  numbers: readonly number[],
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const part of chunk(numbers)) {
    const { places, params } = makeList(part);
    const text = `SELECT ${COLUMNS} FROM mail WHERE user_id = ? AND id IN (${places})`;
    found.push(...(await read.all<Candidate>(text, [user, ...params])));
  }
  return found;
}

/** The next of a mailbox, newest first, from behind `after`. */
export async function readMailboxStep(
  read: Reader,
  user: string,
  query: { mailbox: string; unread: boolean; after: PagePlace | null; limit: number },
): Promise<Candidate[]> {
  const unread = query.unread ? ' AND unread = 1' : '';
  const index = useIndex(read, query.unread ? 'mail_unread' : 'mail_page');
  const { text, params } = readBehind(query.after, 'date', 'id');
  return await read.all(
    `SELECT ${COLUMNS} FROM mail ${index} WHERE user_id = ? AND mailbox = ?${unread}${text}
      ORDER BY date DESC, id DESC LIMIT ?`,
    [user, query.mailbox, ...params, query.limit],
  );
}

/** The next mails of a label's list, newest first, from behind `after`. */
export async function readLabelStep(
  read: Reader,
  user: string,
  query: { label: string; after: PagePlace | null; limit: number },
): Promise<PagePlace[]> {
  const { text, params } = readBehind(query.after, 'date', 'mail');
  return await read.all(
    `SELECT date, mail AS id FROM mail_label ${useIndex(read, 'label_page')} WHERE user_id = ? AND label = ?${text}
      ORDER BY date DESC, mail DESC LIMIT ?`,
    [user, query.label, ...params, query.limit],
  );
}

/** Of all the user's mails those numbered from `from` up to and without `to`, only those that may have this sender's address. */
export async function readRangeStep(
  read: Reader,
  user: string,
  query: { from: number; to: number; sender: string | null },
): Promise<Candidate[]> {
  const like = query.sender === null ? '' : " AND LOWER(sender) LIKE ? ESCAPE '!'";
  const params: Param[] = [user, query.from, query.to];
  if (query.sender !== null) params.push(`%${query.sender.replace(/[!%_]/g, '!$&')}%`);
  return await read.all(
    `SELECT ${COLUMNS} FROM mail WHERE user_id = ? AND id >= ? AND id < ?${like} ORDER BY id`,
    params,
  );
}

export async function readThreadNumbers(read: Reader, user: string, thread: number): Promise<number[]> {
  const rows = await read.all<{ id: number }>('SELECT id FROM mail WHERE user_id = ? AND thread = ?', [
    user,
    thread,
  ]);
  return rows.map((row) => row.id);
}

/** The newest number that the user's mails have. */
export async function readLastId(read: Reader, user: string): Promise<number> {
  const row = await read.get<{ last_id: number }>('SELECT last_id FROM user_counter WHERE user_id = ?', [
    user,
  ]);
  return row?.last_id ?? 0;
}

function readBehind(after: PagePlace | null, date: string, id: string): { text: string; params: Param[] } {
  if (after === null) return { text: '', params: [] };
  return {
    text: ` AND ${date} <= ? AND (${date} < ? OR ${id} < ?)`,
    params: [after.date, after.date, after.id],
  };
}
