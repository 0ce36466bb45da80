import type Sqlite from 'better-sqlite3';
import { packSet } from './pack-set.ts';
import { saveSetDocs, type SetDocs } from './set-doc-store.ts';

type Prepare = (sql: string) => Sqlite.Statement;

export interface SetState {
  /** Another one for sets of other mails. */
  generation: number;
  docs: number;
  /** The last word whose set is made; null: all are. */
  word: string | null;
}

export function readSetState(prepare: Prepare): SetState | undefined {
  return prepare('SELECT generation, docs, word FROM set_state').get() as SetState | undefined;
}

/** After so many changes the sets are made anew. */
export function mayChange({ docs }: SetState): number {
  return Math.min(4000, Math.max(1000, docs / 32));
}

export function countMails(prepare: Prepare): number {
  return prepare('SELECT COUNT(*) FROM doc').pluck().get() as number;
}

/** How much is not as the sets know it. */
export function countSince(prepare: Prepare): number {
  const count = prepare('SELECT (SELECT COUNT(*) FROM set_since) + (SELECT COUNT(*) FROM set_gone)');
  return count.pluck().get() as number;
}

/** Begins anew with all mails that there are now. */
export function beginSets(prepare: Prepare): void {
  const generation = (readSetState(prepare)?.generation ?? 0) + 1;
  for (const table of ['set_word', 'set_since', 'set_gone']) prepare(`DELETE FROM ${table}`).run();
  const docs = saveSetDocs(prepare);
  prepare("INSERT OR REPLACE INTO set_state (one, generation, docs, word) VALUES (1, ?, ?, '')").run(
    generation,
    docs,
  );
}

/**
 * The next words of the index behind `word`, with the number of mails that have each, and whether there are more: at most
 * so many words, and no further ones where they are in so many mails together, each of which has to be gone through.
 */
export function listWords(
  prepare: Prepare,
  word: string,
  most: { words: number; mails: number },
): { words: { word: string; mails: number }[]; more: boolean } {
  prepare('CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, mail_text, row)').run();
  const next = prepare(
    'SELECT term AS word, doc AS mails FROM temp.vocabulary WHERE term > ? ORDER BY term LIMIT ?',
  );
  const words: { word: string; mails: number }[] = [];
  let mails = 0;
  for (const one of next.iterate(word, most.words) as IterableIterator<{ word: string; mails: number }>) {
    words.push(one);
    mails += one.mails;
    if (mails >= most.mails) return { words, more: true };
  }
  return { words, more: words.length === most.words };
}

/** Makes the set of what `match` finds. */
export function saveSet(prepare: Prepare, docs: SetDocs, word: string, match: string): void {
  const found = prepare('SELECT rowid FROM mail_text WHERE mail_text MATCH ? ORDER BY rowid').pluck();
  const numbers: number[] = [];
  let at = 0;
  for (const id of found.all(match) as number[]) {
    while (docs.idAt(at) < id) at += 1;
    if (docs.idAt(at) === id) numbers.push(at);
  }
  const set = Buffer.from(packSet(numbers, docs.count));
  prepare('INSERT OR REPLACE INTO set_word (word, docs) VALUES (?, ?)').run(word, set);
}

export function saveSetWord(prepare: Prepare, word: string | null): void {
  prepare('UPDATE set_state SET word = ?').run(word);
}

/** The set of a word; undefined where there is none. */
export function readSet(prepare: Prepare, word: string): Buffer | undefined {
  return prepare('SELECT docs FROM set_word WHERE word = ?').pluck().get(word) as Buffer | undefined;
}

/** Rowids that were added since, and removed, rising; null where they are too many. */
export function readChanges(
  prepare: Prepare,
  state: SetState,
): { since: number[]; gone: Set<number> } | null {
  const most = Math.ceil(mayChange(state)) + 1;
  const since = prepare('SELECT id FROM set_since ORDER BY id LIMIT ?').pluck().all(most) as number[];
  const gone = prepare('SELECT id FROM set_gone LIMIT ?').pluck().all(most) as number[];
  return since.length + gone.length < most ? { since, gone: new Set(gone) } : null;
}

/** Which of those that were added `match` finds; they stand from `first` to `last`. The plus: else FTS5 would be asked for each. */
export function findSince(
  prepare: Prepare,
  match: string,
  [first, last]: readonly [number, number],
): { id: number; mail: number }[] {
  return prepare(
    `SELECT mail_text.rowid AS id, doc.mail AS mail FROM mail_text CROSS JOIN doc ON doc.id = mail_text.rowid
      WHERE mail_text MATCH ? AND mail_text.rowid >= CAST(? AS INTEGER) AND mail_text.rowid <= CAST(? AS INTEGER)
        AND +mail_text.rowid IN (SELECT id FROM set_since) ORDER BY mail_text.rowid`,
  ).all(match, first, last) as { id: number; mail: number }[];
}
