import type Sqlite from 'better-sqlite3';
import { planQuery, type ListForms } from '../../query/plan-query.ts';
import type { Query } from '../../query/query.ts';
import { SetDocs } from './set-doc-store.ts';
import {
  beginSets,
  countMails,
  countSince,
  mayChange,
  listWords,
  readSetState,
  saveSet,
  saveSetWord,
  type SetState,
} from './set-store.ts';

/** Where there are fewer mails, the full-text table is fast enough. */
const LEAST_MAILS = 20_000;
/** Of a word that fewer have, the full-text table answers as fast. */
const COMMON = 1 / 128;
/** Looked through at once: about 50 ms, of words that each mail has too. */
const AT_ONCE = { words: 1000, mails: 200_000 };

/** Makes a user's sets, a few words with each call. */
export class SetMaker {
  readonly #prepare: (sql: string) => Sqlite.Statement;
  readonly #transact: (work: () => void) => void;
  readonly #forms: ListForms;
  #docs: SetDocs | null = null;

  constructor(tools: {
    prepare: (sql: string) => Sqlite.Statement;
    transact: (work: () => void) => void;
    forms: ListForms;
  }) {
    this.#prepare = tools.prepare;
    this.#transact = tools.transact;
    this.#forms = tools.forms;
  }

  /** Whether there is more to do. */
  make(): boolean {
    const state = readSetState(this.#prepare);
    if (state === undefined || countSince(this.#prepare) > mayChange(state)) {
      this.#docs = null;
      if (countMails(this.#prepare) < LEAST_MAILS) return false;
      this.#transact(() => beginSets(this.#prepare));
      return true;
    }
    if (state.word === null) return false;
    const last = this.#makeSome(state, state.word);
    if (last === null) this.#docs = null;
    return last !== null;
  }

  /** The last word of those; null: there are no more. */
  #makeSome(state: SetState, behind: string): string | null {
    const { words, more } = listWords(this.#prepare, behind, AT_ONCE);
    const last = more ? (words.at(-1)?.word ?? null) : null;
    if (this.#docs?.generation !== state.generation) this.#docs = new SetDocs(this.#prepare, state);
    const docs = this.#docs;
    this.#transact(() => {
      // Another thread may have begun anew.
      if (readSetState(this.#prepare)?.generation !== state.generation) return;
      for (const { word, mails } of words) {
        if (mails < docs.count * COMMON) continue;
        const { match } = planQuery(seekForms(word), this.#forms);
        if (match !== null) saveSet(this.#prepare, docs, word, match);
      }
      saveSetWord(this.#prepare, last);
    });
    return last;
  }
}

/** As somebody asks who writes the word alone. */
function seekForms(word: string): Query {
  return { kind: 'text', field: null, exact: false, prefix: false, words: [word] };
}
