import type { Reader } from '../../../server-kit/database/database.ts';

/**
 * Brings what the write-ahead log holds into the database and empties it: a disk that is full may have no room for the log to
 * grow, while the database has free pages of mails that have left.
 */
export async function emptyLog(reader: Reader): Promise<void> {
  await reader.get('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Bytes within the SQLite file that are free for what comes. */
export async function readFreeBytes(reader: Reader): Promise<number> {
  const free = await reader.get<{ freelist_count: number }>('PRAGMA freelist_count');
  const page = await reader.get<{ page_size: number }>('PRAGMA page_size');
  return (free?.freelist_count ?? 0) * (page?.page_size ?? 0);
}
