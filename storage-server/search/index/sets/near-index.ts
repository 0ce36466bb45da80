import Sqlite from 'better-sqlite3';
import { cacheStatements } from '../../../../server-kit/database/cache-statements.ts';
import { planQuery } from '../../query/plan-query.ts';
import type { Query } from '../../query/query.ts';
import { turnPlace } from '../doc-place.ts';
import { listForms } from '../form-store.ts';
import type { Found, IndexState } from '../search-index.ts';
import { readIndexState } from '../state-store.ts';
import { intersect } from './pack-set.ts';
import { SetDocs } from './set-doc-store.ts';
import { findSince, readChanges, readSet, readSetState, type SetState } from './set-store.ts';

/** What the file says while nobody writes into it. */
interface Known {
  version: number;
  state: IndexState;
  /** Null where they are not made yet, or too much has changed since. */
  sets: SetState | null;
  since: number[];
  gone: Set<number>;
}

/** What was added since the sets were made is looked through behind so many other mails at most. */
const MOST_BETWEEN = 10_000;
const MOST_WORDS = 8;

/**
 * Answers from sets what asks for common words alone, in a few reads of a file: for the thread that everybody waits for. Null
 * for everything else: the index's own threads look into the full text.
 */
export class NearIndex {
  readonly #db: Sqlite.Database;
  readonly #prepare: (sql: string) => Sqlite.Statement;
  #known: Known | null = null;
  #docs: SetDocs | null = null;

  /** Throws where there is no such file, or it cannot be read just now. */
  constructor(file: string) {
    this.#db = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 0 });
    try {
      this.#db.pragma('cache_size = -4000');
    } catch (error) {
      this.#db.close();
      throw error;
    }
    this.#prepare = cacheStatements(this.#db);
  }

  /** The newest `limit` mails that the query finds. */
  find(query: Query, limit: number): { found: Found[]; state: IndexState } | null {
    const words = listPlainWords(query);
    if (words === null) return null;
    // All is read as it is at one moment.
    this.#prepare('BEGIN').run();
    try {
      return this.#findWords(query, words, limit);
    } finally {
      this.#prepare('COMMIT').run();
    }
  }

  close(): void {
    this.#db.close();
  }

  #findWords(
    query: Query,
    words: readonly string[],
    limit: number,
  ): { found: Found[]; state: IndexState } | null {
    const { state, sets: made, since, gone } = this.#readKnown();
    if (made === null) return null;
    const sets: Buffer[] = [];
    for (const word of words) {
      const set = readSet(this.#prepare, word);
      if (set === undefined) return null;
      sets.push(set);
    }
    const docs = this.#takeDocs(made);
    const added = this.#findAdded(query, since, docs);
    if (added === null) return null;
    const numbers = intersect(sets, docs.count, limit + gone.size);
    const found = numbers.map((number) => ({ id: docs.idAt(number), mail: docs.mailAt(number) }));
    const all = gone.size === 0 ? found : found.filter(({ id }) => !gone.has(id));
    const sorted = added.length === 0 ? all : [...all, ...added].sort((a, b) => a.id - b.id);
    const shown = sorted.slice(0, limit).map(({ id, mail }) => ({ place: turnPlace(id), mail }));
    return { found: shown, state };
  }

  /** Null where they stand too far apart. */
  #findAdded(query: Query, since: readonly number[], docs: SetDocs): { id: number; mail: number }[] | null {
    const [first, last] = [since[0], since.at(-1)];
    if (first === undefined || last === undefined) return [];
    if (last > docs.idAt(MOST_BETWEEN)) return null;
    const { match } = planQuery(query, (word) => listForms(this.#prepare, word));
    return match === null ? null : findSince(this.#prepare, match, [first, last]);
  }

  #readKnown(): Known {
    const version = this.#prepare('PRAGMA data_version').pluck().get() as number;
    if (this.#known?.version === version) return this.#known;
    const made = readSetState(this.#prepare);
    const changes = made?.word === null ? readChanges(this.#prepare, made) : null;
    const sets = changes === null ? null : (made ?? null);
    const { since, gone } = changes ?? { since: [], gone: new Set<number>() };
    this.#known = { version, state: readIndexState(this.#prepare), sets, since, gone };
    return this.#known;
  }

  #takeDocs(made: SetState): SetDocs {
    if (this.#docs?.generation !== made.generation) this.#docs = new SetDocs(this.#prepare, made);
    return this.#docs;
  }
}

/** Words that are asked for anywhere, in any of their forms, all of them; null where something else is asked for. */
export function listPlainWords(query: Query): string[] | null {
  const parts = query.kind === 'and' ? query.of : [query];
  const words: string[] = [];
  for (const part of parts) {
    if (part.kind !== 'text' || part.field !== null || part.exact || part.prefix) return null;
    const [word, more] = part.words;
    if (word === undefined || more !== undefined) return null;
    words.push(word);
  }
  return words.length === 0 || words.length > MOST_WORDS ? null : words;
}
