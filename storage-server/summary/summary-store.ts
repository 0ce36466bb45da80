import type { Param, Reader } from '../../server-kit/database/database.ts';

/** A mailbox, or with the name of an account (empty: written here) its mails in that mailbox. */
export interface Place {
  name: string | null;
  mailbox: string;
}

/** Times in ms of the oldest and the newest mail there. */
export interface Span extends Place {
  oldest: number;
  newest: number;
}

/** Few sizes, so that few texts are prepared. */
const AT_ONCE = [20, 5, 1];

/**
 * The ends of each place; those without mails are left out. Both ends are leaves of an index: grouped, SQLite would read
 * all of it, and MariaDB did too (0.6 s for 300,000 mails).
 */
export async function readSpans(read: Reader, user: string, places: readonly Place[]): Promise<Span[]> {
  const found: (Place & { oldest: number | null; newest: number | null })[] = [];
  for (let at = 0; at < places.length;) {
    const size = AT_ONCE.find((one) => one <= places.length - at) ?? 1;
    const some = places.slice(at, at + size).map((place) => askSpan(user, place));
    const text = some.map((one) => one.text).join(' UNION ALL ');
    found.push(
      ...(await read.all<(typeof found)[number]>(
        text,
        some.flatMap((one) => one.params),
      )),
    );
    at += size;
  }
  return found.filter((one): one is Span => one.oldest !== null && one.newest !== null);
}

function askSpan(user: string, { name, mailbox }: Place): { text: string; params: Param[] } {
  const rows =
    name === null
      ? 'mail WHERE user_id = ? AND mailbox = ?'
      : 'mail_original WHERE user_id = ? AND account = ? AND mailbox = ?';
  const which = name === null ? [user, mailbox] : [user, name, mailbox];
  return {
    text: `SELECT ? AS name, ? AS mailbox, (SELECT MIN(date) FROM ${rows}) AS oldest,
      (SELECT MAX(date) FROM ${rows}) AS newest`,
    params: [name, mailbox, ...which, ...which],
  };
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
