import type Sqlite from 'better-sqlite3';
import { planQuery } from '../query/plan-query.ts';
import type { Query } from '../query/query.ts';
import { listStems } from '../text/stems.ts';
import { foldText } from '../text/fold.ts';
import { TEXT_COLUMNS } from '../text/read-mail-text.ts';
import { WordFilter } from '../text/word-filter.ts';
import { PLACES_EACH, beginSecond, turnPlace } from './doc-place.ts';
import { listForms } from './form-store.ts';
import { openIndex } from './index-tables.ts';
import { choosePlace } from './place-store.ts';
import type {
  Found,
  IndexedRow,
  IndexedText,
  IndexState,
  SavedRow,
  SearchIndex,
  Stretch,
} from './search-index.ts';
import { chooseMerge, readStructure } from './segments.ts';
import { selectMails } from './select-store.ts';
import { SetMaker } from './sets/make-sets.ts';
import { readIndexState } from './state-store.ts';

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
  readonly #sets: SetMaker;
  #stops: { newest: number; places: number[] } = { newest: 0, places: [] };

  constructor(file: string) {
    this.#db = openIndex(file);
    this.#sets = new SetMaker({
      prepare: this.#prepare,
      transact: (work) => this.#transact(work),
      forms: (word) => this.listForms(word),
    });
  }

  readState(): IndexState {
    return readIndexState(this.#prepare);
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
      const find = this.#run('SELECT id FROM doc WHERE mail = ?').pluck();
      this.#remove(removed.flatMap((mail) => find.all(mail) as number[]));
      this.#saveRows(rows);
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
    const found = this.#run(sql).all(...params, limit) as { id: number; mail: number }[];
    return found.map(({ id, mail }) => ({ place: turnPlace(id), mail }));
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
        'SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) AS nth FROM doc) WHERE nth % ? = 0 ORDER BY id',
      ).pluck();
      this.#stops = { newest, places: (ids.all(STOP_AFTER) as number[]).map(turnPlace) };
    }
    return this.#stops.places.find((place) => before === null || place < before) ?? 0;
  }

  /**
   * Merges for a moment what grew mail by mail, where there is so much of it that searching suffers; what was removed
   * leaves the file with it. Then, where they are wanted, it makes the sets of common words. Whether there is more to do.
   */
  tidy(sets: boolean): boolean {
    return this.#merge() || (sets && this.#sets.make());
  }

  #merge(): boolean {
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
    return listForms(this.#prepare, word);
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
      const end = beginSecond(plan.until) + PLACES_EACH + this.#readSpread();
      before = Math.min(end, before ?? end);
    }
    return selectMails(plan, { before, from }, what);
  }

  /** How far behind its second a mail was put at most. */
  #readSpread(): number {
    return (this.#run('SELECT ids FROM spread').pluck().get() as number | undefined) ?? 0;
  }

  #saveRows(rows: readonly SavedRow[]): void {
    const find = this.#run('SELECT id, modseq FROM doc WHERE mail = ?');
    const anew: { row: IndexedRow; text: IndexedText; known: number | null }[] = [];
    for (const { row, text } of rows) {
      const known = find.get(row.mail) as { id: number; modseq: number } | undefined;
      if (known !== undefined && known.modseq > row.modseq) continue;
      if (text === null) this.#update(row);
      else anew.push({ row, text, known: known?.id ?? null });
    }
    this.#remove(anew.flatMap(({ known }) => known ?? []));
    // The oldest first, so that those of one second stand in the order of their dates.
    const added = anew
      .toSorted((a, b) => a.row.date - b.row.date || a.row.mail - b.row.mail)
      .map((one) => ({ ...one, id: this.#addDoc(one.row) }));
    for (const { row, text, known } of added) {
      if (known === null && text.sender !== null) this.#countSender(text.sender, row.date);
    }
    // FTS5 ends a piece of its index where a rowid is lower than the one before.
    for (const { id, text } of added.toSorted((a, b) => a.id - b.id)) {
      this.#insert(
        'mail_text',
        ['rowid', ...TEXT_COLUMNS],
        [id, ...TEXT_COLUMNS.map((column) => text.text[column])],
      );
    }
  }

  #update(row: IndexedRow): void {
    const set = ROW_COLUMNS.map((column) => `${column} = ?`).join(', ');
    const values = ROW_COLUMNS.map((column) => row[column]);
    this.#run(`UPDATE doc SET ${set} WHERE mail = ?`).run(...values, row.mail);
  }

  #addDoc(row: IndexedRow): number {
    const id = turnPlace(choosePlace((sql) => this.#run(sql), row));
    const values = ROW_COLUMNS.map((column) => row[column]);
    this.#insert('doc', ['id', 'source', ...ROW_COLUMNS], [id, nameSource(row), ...values]);
    return id;
  }

  #countSender({ name, address }: { name: string; address: string }, date: number): void {
    this.#run(
      `INSERT INTO person (address, name, folded, mails, last) VALUES (?, ?, ?, 1, ?) ON CONFLICT (address) DO UPDATE SET
         mails = mails + 1, name = CASE WHEN excluded.last >= last THEN excluded.name ELSE name END,
         folded = CASE WHEN excluded.last >= last THEN excluded.folded ELSE folded END, last = MAX(last, excluded.last)`,
    ).run(address, name, foldText(`${name} ${address}`), date);
  }

  #remove(ids: readonly number[]): void {
    for (const id of ids.toSorted((a, b) => a - b)) {
      this.#run('DELETE FROM mail_text WHERE rowid = ?').run(id);
      this.#run('DELETE FROM doc WHERE id = ?').run(id);
    }
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

  readonly #prepare = (sql: string): Sqlite.Statement => this.#run(sql);

  #run(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size > 100) this.#statements.clear();
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Of both ids as much as no two mails have in common. */
function nameSource({ header, body }: IndexedRow): string {
  return `${header.slice(0, 11)}${body.slice(0, 11)}`;
}
