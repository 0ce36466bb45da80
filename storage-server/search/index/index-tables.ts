import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { TEXT_COLUMNS } from '../text/read-mail-text.ts';
import { INDEX_VERSION } from './index-version.ts';
import { isDamaged } from './is-damaged.ts';
import { dropSetTables, makeSetTables } from './sets/set-tables.ts';

/** A file that is damaged or of another version is thrown away: the mails are still there. */
export function openIndex(file: string): Sqlite.Database {
  try {
    return prepare(file);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    removeIndex(file);
    return prepare(file);
  }
}

export function removeIndex(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

function prepare(file: string): Sqlite.Database {
  const db = new Sqlite(file, { timeout: 30_000 });
  try {
    db.pragma('journal_mode = WAL');
    // What a power cut takes back is indexed again, as the state goes back with it.
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -2000');
    db.pragma('wal_autocheckpoint = 4000');
    db.pragma('temp_store = MEMORY');
    if (readVersion(db) !== INDEX_VERSION) {
      db.exec('BEGIN IMMEDIATE');
      // Another thread may have been faster.
      if (readVersion(db) !== INDEX_VERSION) makeTables(db);
      db.exec('COMMIT');
    }
    makeSetTables(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readVersion(db: Sqlite.Database): unknown {
  return db.pragma('user_version', { simple: true });
}

/** `form`: words by their stems. `person`: who wrote, his name and address folded. */
function makeTables(db: Sqlite.Database): void {
  dropSetTables(db);
  db.exec(`
    DROP TABLE IF EXISTS mail_text;
    DROP TABLE IF EXISTS doc;
    DROP TABLE IF EXISTS state;
    DROP TABLE IF EXISTS form;
    DROP TABLE IF EXISTS person;
    DROP TABLE IF EXISTS spread;
    CREATE TABLE state (one INTEGER PRIMARY KEY, modseq INTEGER NOT NULL, mail INTEGER NOT NULL,
      removed INTEGER NOT NULL);
    CREATE TABLE doc (id INTEGER PRIMARY KEY, mail INTEGER NOT NULL UNIQUE, modseq INTEGER NOT NULL,
      date INTEGER NOT NULL, size INTEGER NOT NULL, flags INTEGER NOT NULL, attachments INTEGER NOT NULL,
      mailbox TEXT NOT NULL, accounts TEXT NOT NULL, labels TEXT NOT NULL, source TEXT NOT NULL);
    CREATE TABLE spread (one INTEGER PRIMARY KEY, ids INTEGER NOT NULL);
    CREATE TABLE form (stem TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (stem, word)) WITHOUT ROWID;
    CREATE TABLE person (address TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL,
      mails INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
    CREATE VIRTUAL TABLE mail_text USING fts5(${TEXT_COLUMNS.join(', ')},
      content = '', contentless_delete = 1, tokenize = 'ascii');
    INSERT INTO mail_text(mail_text, rank) VALUES ('automerge', 16);
    -- Of two pieces already: what is begun would else wait for two more that are new.
    INSERT INTO mail_text(mail_text, rank) VALUES ('usermerge', 2);
    PRAGMA user_version = ${INDEX_VERSION};`);
}
