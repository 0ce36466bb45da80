import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MailError } from '../../common/errors.ts';

/** One backup at a time writes into a repository; the lock ends with the process, however it ends. MailError `in-use`. */
export function openDataLock(path: string): () => void {
  const lock = new Sqlite(join(path, 'writing.lock'), { timeout: 1000 });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (cause) {
    lock.close();
    throw new MailError('in-use', 'another backup is writing', { reason: 'backup', cause });
  }
}
