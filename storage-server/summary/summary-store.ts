import type { Reader } from '../../server-kit/database/database.ts';

/** Times in ms of the oldest and the newest mail of a list; `name` is an account, empty for what was written here. */
export interface Span {
  name: string;
  mailbox: string;
  oldest: number;
  newest: number;
}

/** Of each of these mailboxes; those without mails are left out. */
export async function readMailboxSpans(
  read: Reader,
  user: string,
  mailboxes: readonly string[],
): Promise<Span[]> {
  if (read.engine === 'mysql') {
    return await read.all(
      `SELECT '' AS name, mailbox, MIN(date) AS oldest, MAX(date) AS newest FROM mail
       WHERE user_id = ? GROUP BY mailbox`,
      [user],
    );
  }
  const find = async (mailbox: string, order: string): Promise<number | undefined> =>
    (
      await read.get<{ date: number }>(
        `SELECT date FROM mail WHERE user_id = ? AND mailbox = ? ORDER BY date ${order} LIMIT 1`,
        [user, mailbox],
      )
    )?.date;
  return await collect(
    mailboxes.map((mailbox) => ({ name: '', mailbox })),
    async (list, order) => await find(list.mailbox, order),
  );
}

/**
 * Of each of these accounts within each mailbox. MariaDB leaps from group to group of an index, SQLite reads all of it:
 * there each end is looked up.
 */
export async function readAccountSpans(
  read: Reader,
  user: string,
  lists: readonly Pick<Span, 'name' | 'mailbox'>[],
): Promise<Span[]> {
  if (read.engine === 'mysql') {
    return await read.all(
      `SELECT account AS name, mailbox, MIN(date) AS oldest, MAX(date) AS newest FROM mail_original
       WHERE user_id = ? GROUP BY account, mailbox`,
      [user],
    );
  }
  return await collect(
    lists,
    async ({ name, mailbox }, order) =>
      (
        await read.get<{ date: number }>(
          `SELECT date FROM mail_original WHERE user_id = ? AND account = ? AND mailbox = ?
           ORDER BY date ${order} LIMIT 1`,
          [user, name, mailbox],
        )
      )?.date,
  );
}

async function collect(
  lists: readonly Pick<Span, 'name' | 'mailbox'>[],
  find: (list: Pick<Span, 'name' | 'mailbox'>, order: 'ASC' | 'DESC') => Promise<number | undefined>,
): Promise<Span[]> {
  const found: Span[] = [];
  for (const list of lists) {
    const oldest = await find(list, 'ASC');
    const newest = await find(list, 'DESC');
    if (oldest !== undefined && newest !== undefined) found.push({ ...list, oldest, newest });
  }
  return found;
}

/** Sums of a user's size classes: of mailboxes (`size`), and of accounts within them (`sizes`, named `ACCOUNT/CLASS`). */
export interface SizeRow {
  kind: 'size' | 'sizes';
  name: string;
  mailbox: string;
  total: number;
  unread: number;
  bytes: number;
}

export async function readSizes(read: Reader, user: string): Promise<SizeRow[]> {
  return await read.all(
    `SELECT kind, name, mailbox, total, unread, bytes FROM list_counter
     WHERE user_id = ? AND kind IN ('size', 'sizes') AND total > 0`,
    [user],
  );
}
