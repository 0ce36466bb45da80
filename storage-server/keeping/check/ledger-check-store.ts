import type { Reader } from '../../../server-kit/database/database.ts';
import { chunk, makeList } from '../../mail/mail-store.ts';

export interface CheckedEntry {
  uidl: string;
  mail: string;
  account: string | null;
  state: string;
  listed: number;
  removed_at: number | null;
}

export async function listMaildrops(read: Reader): Promise<string[]> {
  const rows = await read.all<{ maildrop: string }>('SELECT DISTINCT maildrop FROM ledger ORDER BY maildrop');
  return rows.map(({ maildrop }) => maildrop);
}

export async function readEntriesAfter(
  read: Reader,
  maildrop: string,
  after: string,
  limit: number,
): Promise<CheckedEntry[]> {
  return await read.all(
    `SELECT uidl, mail, account, state, listed, removed_at FROM ledger
     WHERE maildrop = ? AND uidl > ? ORDER BY uidl LIMIT ?`,
    [maildrop, after, limit],
  );
}

/** Where these mails are in the ledger, unless their user removed them. */
export async function findEntriesOf(
  read: Reader,
  mails: readonly string[],
): Promise<{ maildrop: string; uidl: string; mail: string; account: string | null; listed: number }[]> {
  const found: { maildrop: string; uidl: string; mail: string; account: string | null; listed: number }[] =
    [];
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    const rows = await read.all<(typeof found)[number]>(
      `SELECT maildrop, uidl, mail, account, listed FROM ledger WHERE mail IN (${places}) AND removed_at IS NULL`,
      params,
    );
    found.push(...rows);
  }
  return found;
}

/** Which of these numbers are mails of the user. */
export async function findExisting(
  read: Reader,
  user: string,
  numbers: readonly number[],
): Promise<Set<number>> {
  const found = new Set<number>();
  for (const part of chunk(numbers)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ id: number }>(
      `SELECT id FROM mail WHERE user_id = ? AND id IN (${places})`,
      [user, ...params],
    );
    for (const { id } of rows) found.add(id);
  }
  return found;
}
