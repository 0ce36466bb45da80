import Sqlite from 'better-sqlite3';
import { isDamaged } from '../search/index/is-damaged.ts';

/** Gives back the free pages of a SQLite file. */
export function packFile(path: string): void {
  open(path, (db) => {
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
  });
}

/** The same, and merges what the full-text index keeps in pieces. A damaged one is left to its server, which makes it anew. */
export function packIndex(path: string): void {
  try {
    open(path, (db) => {
      db.exec("INSERT INTO mail_text(mail_text) VALUES ('optimize')");
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    });
  } catch (error) {
    const foreign = error instanceof Error && error.message.startsWith('no such table');
    if (!foreign && !isDamaged(error)) throw error;
  }
}

function open(path: string, work: (db: Sqlite.Database) => void): void {
  const db = new Sqlite(path, { timeout: 10_000 });
  try {
    work(db);
  } finally {
    db.close();
  }
}
