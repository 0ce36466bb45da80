import type { Param, Reader } from '../../server-kit/database/database.ts';
import { chunk, makeList } from '../mail/mail-store.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import type { LedgerEntry } from '../retrieval/ledger/ledger-store.ts';

/** All mails of a user in the order in which they came, behind the number `after`. */
export async function readMailsAfter(
  read: Reader,
  user: string,
  after: number,
  limit: number,
): Promise<MailRecord[]> {
  return await read.all('SELECT * FROM mail WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?', [
    user,
    after,
    limit,
  ]);
}

/** Those of one mailbox, the oldest first, from behind `after`. */
export async function readMailboxAfter(
  read: Reader,
  user: string,
  mailbox: string,
  after: { date: number; id: number } | null,
  limit: number,
): Promise<MailRecord[]> {
  const params: Param[] = [user, mailbox];
  let where = 'user_id = ? AND mailbox = ?';
  if (after !== null) {
    where += ' AND date >= ? AND (date > ? OR id > ?)';
    params.push(after.date, after.date, after.id);
  }
  return await read.all(`SELECT * FROM mail WHERE ${where} ORDER BY date, id LIMIT ?`, [...params, limit]);
}

/** What the ledger says of these mails. */
export async function findEntriesOf(read: Reader, mails: readonly string[]): Promise<LedgerEntry[]> {
  const found: LedgerEntry[] = [];
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    found.push(...(await read.all<LedgerEntry>(`SELECT * FROM ledger WHERE mail IN (${places})`, params)));
  }
  return found;
}

/** What the user removed for ever of what that maildrop listed, behind a UIDL. */
export async function readRemovedAfter(
  read: Reader,
  maildrop: string,
  after: string,
  limit: number,
): Promise<LedgerEntry[]> {
  return await read.all(
    'SELECT * FROM ledger WHERE maildrop = ? AND uidl > ? AND removed_at IS NOT NULL ORDER BY uidl LIMIT ?',
    [maildrop, after, limit],
  );
}
