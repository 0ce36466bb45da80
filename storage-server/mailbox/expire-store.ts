import type { Reader } from '../../server-kit/database/database.ts';
import { STATE_COLUMNS, type MailState } from '../mail/mail-state.ts';
import { chunk, makeList, type PagePlace, useIndex } from '../mail/mail-store.ts';

/** Users who have mails. */
export async function findUsers(read: Reader): Promise<string[]> {
  const rows = await read.all<{ user_id: string }>('SELECT user_id FROM user_counter');
  return rows.map((row) => row.user_id);
}

export type Placed = PagePlace & { moved_at: number };

/** The next mails of a mailbox, newest first, with the time since when they lie there. */
export async function readPlaced(
  read: Reader,
  user: string,
  query: { mailbox: string; after: PagePlace | null; limit: number },
): Promise<Placed[]> {
  const { after } = query;
  const behind = after === null ? '' : ' AND date <= ? AND (date < ? OR id < ?)';
  return await read.all(
    `SELECT id, date, moved_at FROM mail ${useIndex(read, 'mail_page')} WHERE user_id = ? AND mailbox = ?${behind}
      ORDER BY date DESC, id DESC LIMIT ?`,
    [user, query.mailbox, ...(after === null ? [] : [after.date, after.date, after.id]), query.limit],
  );
}

/** Those of them that still lie there since before `before`. */
export async function findExpired(
  read: Reader,
  user: string,
  query: { mails: readonly number[]; mailbox: string; before: number },
): Promise<MailState[]> {
  const found: MailState[] = [];
  for (const part of chunk(query.mails)) {
    const { places, params } = makeList(part);
    const text = `SELECT ${STATE_COLUMNS} FROM mail
      WHERE user_id = ? AND mailbox = ? AND moved_at < ? AND id IN (${places})`;
    found.push(...(await read.all<MailState>(text, [user, query.mailbox, query.before, ...params])));
  }
  return found;
}
