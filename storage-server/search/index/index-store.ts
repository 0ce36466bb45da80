import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import type { Plan } from '../query/plan-query.ts';
import { isDamaged } from './is-damaged.ts';
import type { Found, IndexedRow, IndexState, SearchIndex } from './search-index.ts';

/** Raised when what is indexed of a mail changes: older files are made anew. */
const VERSION = 1;
const TEXT_COLUMNS = [
  'sender',
  'recipients',
  'copies',
  'subject',
  'subject_stems',
  'body',
  'body_stems',
  'names',
  'headers',
] as const;
const ROW_COLUMNS = [
  'mail',
  'modseq',
  'date',
  'size',
  'flags',
  'attachments',
  'mailbox',
  'accounts',
  'header',
  'body',
] as const;
const EMPTY: IndexState = { modseq: 0, mail: 0, removed: 0 };

/** Ids in the order of dates, so that the newest results come first without sorting: this many for each millisecond. */
const IDS_EACH = 2048;

/**
 * An index in a SQLite file: full text by FTS5 without a copy of the text, and beside it what else is asked for. Losing
 * the last commits in a power cut does no harm: the state goes back with them.
 */
export class IndexFile implements SearchIndex {
  readonly #db: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();

  constructor(file: string) {
    this.#db = open(file);
  }

  readState(): IndexState {
    return (this.#run('SELECT modseq, mail, removed FROM state').get() as IndexState | undefined) ?? EMPTY;
  }

  readRows(mails: readonly number[]): IndexedRow[] {
    const find = this.#run(`SELECT ${ROW_COLUMNS.join(', ')} FROM doc WHERE mail = ?`);
    return mails.map((mail) => find.get(mail) as IndexedRow | undefined).filter((row) => row !== undefined);
  }

  save({ rows, removed, state }: Parameters<SearchIndex['save']>[0]): void {
    this.#transact(() => {
      for (const mail of removed) this.#remove(mail);
      for (const { row, text } of rows) {
        const known = this.#run('SELECT id, modseq FROM doc WHERE mail = ?').get(row.mail) as
          { id: number; modseq: number } | undefined;
        if (known !== undefined && known.modseq > row.modseq) continue;
        if (text === null) {
          if (known !== undefined) this.#update(row);
          continue;
        }
        if (known !== undefined) this.#remove(row.mail);
        const id = this.#chooseId(row);
        this.#insert('doc', ['id', ...ROW_COLUMNS], [id, ...ROW_COLUMNS.map((column) => row[column])]);
        const words = TEXT_COLUMNS.map((column) => text[column]);
        this.#insert('mail_text', ['rowid', ...TEXT_COLUMNS], [id, ...words]);
      }
      if (state !== null) {
        const { modseq, mail, removed: gone } = state;
        this.#run('INSERT OR REPLACE INTO state (one, modseq, mail, removed) VALUES (1, ?, ?, ?)').run(
          modseq,
          mail,
          gone,
        );
      }
    });
  }

  find(plan: Plan, after: number | null, limit: number): Found[] {
    const { sql, params } = select(plan, after);
    const ordered = `${sql} ORDER BY id DESC LIMIT ?`;
    return this.#run(ordered).all(...params, limit) as Found[];
  }

  count(plan: Plan, most: number): number {
    const { sql, params } = select(plan, null);
    const row = this.#run(`SELECT COUNT(*) AS n FROM (${sql} LIMIT ?)`).get(...params, most) as { n: number };
    return row.n;
  }

  close(): void {
    this.#db.close();
  }

  #chooseId({ date, mail }: IndexedRow): number {
    let id = Math.max(0, Math.trunc(date)) * IDS_EACH + (mail % IDS_EACH);
    while (this.#run('SELECT 1 FROM doc WHERE id = ?').get(id) !== undefined) id += 1;
    return id;
  }

  #remove(mail: number): void {
    const known = this.#run('SELECT id FROM doc WHERE mail = ?').get(mail) as { id: number } | undefined;
    if (known === undefined) return;
    this.#run('DELETE FROM mail_text WHERE rowid = ?').run(known.id);
    this.#run('DELETE FROM doc WHERE id = ?').run(known.id);
  }

  #update(row: IndexedRow): void {
    const set = ROW_COLUMNS.map((column) => `${column} = ?`).join(', ');
    this.#run(`UPDATE doc SET ${set} WHERE mail = ?`).run(
      ...ROW_COLUMNS.map((column) => row[column]),
      row.mail,
    );
  }

  #insert(table: string, columns: readonly string[], values: readonly (string | number)[]): void {
    const places = columns.map(() => '?').join(', ');
    this.#run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...values);
  }

  #transact(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #run(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size > 100) this.#statements.clear();
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** The full-text table leads, in the order of its rowids: the first results are there before the last is looked for. */
function select(
  { match, where, params }: Plan,
  after: number | null,
): { sql: string; params: (string | number)[] } {
  const from = match === null ? 'doc' : 'mail_text CROSS JOIN doc ON doc.id = mail_text.rowid';
  const id = match === null ? 'doc.id' : 'mail_text.rowid';
  const conditions = [
    ...(match === null ? [] : ['mail_text MATCH ?']),
    ...(after === null ? [] : [`${id} < ?`]),
  ];
  return {
    sql: `SELECT ${id} AS id, doc.mail AS mail FROM ${from} WHERE ${[...conditions, where].join(' AND ')}`,
    params: [...(match === null ? [] : [match]), ...(after === null ? [] : [after]), ...params],
  };
}

/** A file that is damaged or of another version is thrown away: the mails are still there. */
function open(file: string): Sqlite.Database {
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
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -2000');
    db.pragma('wal_autocheckpoint = 4000');
    db.pragma('temp_store = MEMORY');
    if (readVersion(db) !== VERSION) {
      db.exec('BEGIN IMMEDIATE');
      // Another thread may have been faster.
      if (readVersion(db) !== VERSION) makeTables(db);
      db.exec('COMMIT');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readVersion(db: Sqlite.Database): unknown {
  return db.pragma('user_version', { simple: true });
}

function makeTables(db: Sqlite.Database): void {
  db.exec(`
    DROP TABLE IF EXISTS mail_text;
    DROP TABLE IF EXISTS doc;
    DROP TABLE IF EXISTS state;
    CREATE TABLE state (one INTEGER PRIMARY KEY, modseq INTEGER NOT NULL, mail INTEGER NOT NULL,
      removed INTEGER NOT NULL);
    CREATE TABLE doc (id INTEGER PRIMARY KEY, mail INTEGER NOT NULL UNIQUE, modseq INTEGER NOT NULL,
      date INTEGER NOT NULL, size INTEGER NOT NULL, flags INTEGER NOT NULL, attachments INTEGER NOT NULL,
      mailbox TEXT NOT NULL, accounts TEXT NOT NULL, header TEXT NOT NULL, body TEXT NOT NULL);
    CREATE VIRTUAL TABLE mail_text USING fts5(${TEXT_COLUMNS.join(', ')},
      content = '', contentless_delete = 1, tokenize = 'ascii');
    PRAGMA user_version = ${VERSION};`);
}
