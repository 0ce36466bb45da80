import type Sqlite from 'better-sqlite3';

export function dropSetTables(db: Sqlite.Database): void {
  for (const table of ['set_state', 'set_doc', 'set_word', 'set_since', 'set_gone'])
    db.exec(`DROP TABLE IF EXISTS ${table}`);
}

/**
 * Sets of mails by common words, made when nobody waits. `set_state`: which making of them it is, of how many mails, and
 * the last word whose set is made; null: all are. `set_doc`: those mails in the order of their places, so many in a row
 * (set-doc-store.ts): numbers and rowids, 8 bytes each (little-endian doubles). `set_word`: which of them a search for that word
 * finds (pack-set.ts). `set_since` and `set_gone`: rowids that were added and removed since then. The file itself notes them: a
 * server of before the sets, to which somebody goes back for a while, does not know of them.
 */
export function makeSetTables(db: Sqlite.Database): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS set_state (one INTEGER PRIMARY KEY, generation INTEGER NOT NULL, docs INTEGER NOT NULL,
      word TEXT);
    CREATE TABLE IF NOT EXISTS set_doc (page INTEGER PRIMARY KEY, mails BLOB NOT NULL, ids BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS set_word (word TEXT NOT NULL UNIQUE, docs BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS set_since (id INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS set_gone (id INTEGER PRIMARY KEY);
    CREATE TRIGGER IF NOT EXISTS set_added AFTER INSERT ON doc WHEN EXISTS (SELECT 1 FROM set_state) BEGIN
      INSERT OR IGNORE INTO set_since (id) VALUES (NEW.id);
    END;
    CREATE TRIGGER IF NOT EXISTS set_removed AFTER DELETE ON doc WHEN EXISTS (SELECT 1 FROM set_state) BEGIN
      INSERT OR IGNORE INTO set_gone (id) VALUES (OLD.id);
      DELETE FROM set_since WHERE id = OLD.id;
    END;`);
}
