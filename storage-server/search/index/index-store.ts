import type Sqlite from 'better-sqlite3';
import { planQuery } from '../query/plan-query.ts';
import type { Query } from '../query/query.ts';
import { listStems } from '../text/stems.ts';
import { foldText } from '../text/fold.ts';
import { TEXT_COLUMNS } from '../text/read-mail-text.ts';
import { WordFilter } from '../text/word-filter.ts';
import { openIndex } from './index-tables.ts';
import type { Found, IndexedRow, IndexedText, IndexState, SearchIndex, Stretch } from './search-index.ts';
import { chooseMerge, readStructure } from './segments.ts';
import { selectMails } from './select-store.ts';

const ROW_COLUMNS = [
  'mail',
  'modseq',
  'date',
  'size',
  'flags',
  'attachments',
  'mailbox',
  'accounts',
  'labels',
] as const;
const EMPTY: IndexState = { modseq: 0, mail: 0, removed: 0 };

/** Ids stand in the order of dates, so that the newest results come first without sorting: this many for each second. Close to each other they take fewer bytes for each word. */
const IDS_EACH = 16;
/** The first id of a second that is taken: what is older and comes later finds a place before it. */
const FIRST = 4;
/** Of 4 KB, merged at once: about 50 ms. */
const TIDY_PAGES = 1000;
/** So many mails are gone through at once. */
const STOP_AFTER = 200_000;

/** An index in a SQLite file: full text by FTS5 without a copy of the text, and beside it what else is asked for. */
export class IndexFile implements SearchIndex {
  /** Shown the words before they are saved. */
  readonly filter = new WordFilter();
  readonly #db: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  #stops: { newest: number; ids: number[] } = { newest: 0, ids: [] };

  constructor(file: string) {
    this.#db = openIndex(file);
  }

  readState(): IndexState {
    return (this.#run('SELECT modseq, mail, removed FROM state').get() as IndexState | undefined) ?? EMPTY;
  }

  /** The highest number of a mail that is indexed, 0 without any. */
  readNewest(): number {
    return this.#run('SELECT COALESCE(MAX(mail), 0) FROM doc').pluck().get() as number;
  }

  findCurrent(rows: readonly IndexedRow[]): Set<number> {
    const find = this.#run('SELECT 1 FROM doc WHERE mail = ? AND source = ? AND date = ?');
    const current = rows.filter((row) => find.get(row.mail, nameSource(row), row.date) !== undefined);
    return new Set(current.map(({ mail }) => mail));
  }

  save({ rows, fresh, removed, state }: Parameters<SearchIndex['save']>[0]): void {
    this.#transact(() => {
      for (const mail of removed) this.#remove(mail);
      for (const { row, text } of rows) this.#saveRow(row, text);
      const note = this.#run('INSERT OR IGNORE INTO form (stem, word) VALUES (?, ?)');
      for (const word of fresh) for (const stem of listStems(word)) note.run(stem, word);
      if (state === null) return;
      this.#run('INSERT OR REPLACE INTO state (one, modseq, mail, removed) VALUES (1, ?, ?, ?)').run(
        state.modseq,
        state.mail,
        state.removed,
      );
    });
  }

  find(query: Query, stretch: Stretch, limit: number): Found[] {
    const { sql, params } = this.#select(query, stretch, 'find');
    return this.#run(sql).all(...params, limit) as Found[];
  }

  count(query: Query, stretch: Stretch, most: number): number {
    const { sql, params } = this.#select(query, stretch, 'count');
    return (this.#run(sql).get(...params, most) as { n: number }).n;
  }

  chooseStop(before: number | null): number {
    const newest = this.readNewest();
    if (newest < 2 * STOP_AFTER) return 0;
    if (newest > this.#stops.newest + STOP_AFTER / 2) {
      const ids = this.#run(
        'SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM doc) WHERE place % ? = 0 ORDER BY id DESC',
      ).pluck();
      this.#stops = { newest, ids: ids.all(STOP_AFTER) as number[] };
    }
    return this.#stops.ids.find((id) => before === null || id < before) ?? 0;
  }

  /**
   * Merges for a moment what grew mail by mail, where there is so much of it that searching suffers; what was removed
   * leaves the file with it. Whether there is more to do.
   */
  tidy(): boolean {
    const record = this.#run('SELECT block FROM mail_text_data WHERE id = 10').pluck().get() as Buffer;
    const choice = chooseMerge(readStructure(record));
    if (choice === 'none') return false;
    const before = this.#countChanges();
    // Negative: everything is to become one, which the next calls go on with.
    const pages = choice === 'all' ? -TIDY_PAGES : TIDY_PAGES;
    this.#run("INSERT INTO mail_text (mail_text, rank) VALUES ('merge', ?)").run(pages);
    // As FTS5 says it: nothing was left to merge where fewer than two rows changed.
    return this.#countChanges() - before >= 2;
  }

  #countChanges(): number {
    return this.#run('SELECT total_changes()').pluck().get() as number;
  }

  /** Words that are forms of the same word as this one, itself first. */
  listForms(word: string): string[] {
    const stems = [word, ...listStems(word)];
    const find = this.#run('SELECT word FROM form WHERE stem = ? LIMIT 100').pluck();
    return [...new Set([...stems, ...stems.flatMap((stem) => find.all(stem) as string[])])];
  }

  /** Who wrote, by the begin of a word of his name or address, folded; those who write most first. */
  findPeople(begin: string, limit: number): { name: string; address: string }[] {
    const like = begin.replace(/[%_\\]/g, '\\$&');
    return this.#run(
      `SELECT name, address FROM person WHERE folded LIKE ? ESCAPE '\\' OR folded LIKE ? ESCAPE '\\'
       ORDER BY mails DESC, last DESC LIMIT ?`,
    ).all(`${like}%`, `% ${like}%`, limit) as { name: string; address: string }[];
  }

  /** Words of at least four letters that begin so. */
  findWords(begin: string, limit: number): string[] {
    const found = this.#run(
      'SELECT DISTINCT word FROM form WHERE stem >= ? AND stem < ? AND word >= ? AND word < ? LIMIT ?',
    ).pluck();
    const shorter = begin.slice(0, -1);
    return found.all(shorter, `${shorter}\u{10ffff}`, begin, `${begin}\u{10ffff}`, limit) as string[];
  }

  close(): void {
    this.#db.close();
  }

  #select(
    query: Query,
    stretch: Stretch,
    what: 'find' | 'count',
  ): { sql: string; params: (string | number)[] } {
    const plan = planQuery(query, (word) => this.listForms(word));
    let { before, from } = stretch;
    if (plan.since !== null) from = Math.max(from, beginSecond(plan.since));
    if (plan.until !== null) {
      const end = beginSecond(plan.until) + IDS_EACH + this.#readSpread();
      before = Math.min(end, before ?? end);
    }
    return selectMails(plan, { before, from }, what);
  }

  /** How far behind its second a mail was put at most. */
  #readSpread(): number {
    return (this.#run('SELECT ids FROM spread').pluck().get() as number | undefined) ?? 0;
  }

  #saveRow(row: IndexedRow, indexed: IndexedText | null): void {
    const known = this.#run('SELECT id, modseq FROM doc WHERE mail = ?').get(row.mail) as
      { id: number; modseq: number } | undefined;
    if (known !== undefined && known.modseq > row.modseq) return;
    const values = ROW_COLUMNS.map((column) => row[column]);
    if (indexed === null) {
      const set = ROW_COLUMNS.map((column) => `${column} = ?`).join(', ');
      this.#run(`UPDATE doc SET ${set} WHERE mail = ?`).run(...values, row.mail);
      return;
    }
    if (known !== undefined) this.#remove(row.mail);
    const id = this.#chooseId(row);
    this.#insert('doc', ['id', 'source', ...ROW_COLUMNS], [id, nameSource(row), ...values]);
    const words = TEXT_COLUMNS.map((column) => indexed.text[column]);
    this.#insert('mail_text', ['rowid', ...TEXT_COLUMNS], [id, ...words]);
    if (known === undefined && indexed.sender !== null) this.#countSender(indexed.sender, row.date);
  }

  #countSender({ name, address }: { name: string; address: string }, date: number): void {
    this.#run(
      `INSERT INTO person (address, name, folded, mails, last) VALUES (?, ?, ?, 1, ?) ON CONFLICT (address) DO UPDATE SET
         mails = mails + 1, name = CASE WHEN excluded.last >= last THEN excluded.name ELSE name END,
         folded = CASE WHEN excluded.last >= last THEN excluded.folded ELSE folded END, last = MAX(last, excluded.last)`,
    ).run(address, name, foldText(`${name} ${address}`), date);
  }

  /** Mails of the same second stand behind each other; where too many have it, they take the next. */
  #chooseId({ date, mail }: IndexedRow): number {
    const second = beginSecond(date);
    const oldest = this.#run(
      'SELECT id, date, mail FROM doc WHERE id >= ? AND id < ? ORDER BY id LIMIT 1',
    ).get(second, second + IDS_EACH) as { id: number; date: number; mail: number } | undefined;
    if (oldest === undefined) return second + FIRST;
    const older = date < oldest.date || (date === oldest.date && mail < oldest.mail);
    if (older && oldest.id > second) return oldest.id - 1;
    const last = this.#run('SELECT MAX(id) FROM doc WHERE id >= ? AND id < ?').pluck();
    for (let span = IDS_EACH; ; span *= 16) {
      const found = last.get(second, second + span) as number | null;
      if (found === null) return second;
      if (found >= second + span - 1) continue;
      if (span > IDS_EACH) {
        this.#run(
          'INSERT INTO spread (one, ids) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET ids = MAX(ids, excluded.ids)',
        ).run(found + 1 - second);
      }
      return found + 1;
    }
  }

  #remove(mail: number): void {
    const known = this.#run('SELECT id FROM doc WHERE mail = ?').get(mail) as { id: number } | undefined;
    if (known === undefined) return;
    this.#run('DELETE FROM mail_text WHERE rowid = ?').run(known.id);
    this.#run('DELETE FROM doc WHERE id = ?').run(known.id);
  }

  #insert(table: string, columns: readonly string[], values: readonly (string | number | Buffer)[]): void {
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
      this.filter.forget();
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

function beginSecond(date: number): number {
  return Math.max(0, Math.floor(date / 1000)) * IDS_EACH;
}

/** Of both ids as much as no two mails have in common. */
function nameSource({ header, body }: IndexedRow): string {
  return `${header.slice(0, 11)}${body.slice(0, 11)}`;
}
