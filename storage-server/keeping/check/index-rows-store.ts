import type { Reader } from '../../../server-kit/database/database.ts';
import { chunk, makeList } from '../../mail/mail-store.ts';
import type { IndexedMail } from './index-check-store.ts';

/** The next mails by number, as the store has them. */
export async function readModseqsAfter(
  read: Reader,
  user: string,
  after: number,
  limit: number,
): Promise<IndexedMail[]> {
  return await read.all(
    'SELECT id AS mail, modseq FROM mail WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?',
    [user, after, limit],
  );
}

/** How many of these mails were removed later than at `since`. */
export async function readTombstonesBetween(
  read: Reader,
  user: string,
  since: number,
  mails: readonly number[],
): Promise<number> {
  let count = 0;
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    const rows = await read.all<{ mail: number }>(
      `SELECT mail FROM mail_tombstone WHERE user_id = ? AND modseq > ? AND mail IN (${places})`,
      [user, since, ...params],
    );
    count += rows.length;
  }
  return count;
}
