import type { Query } from '../query/query.ts';
import type { Found, IndexedRow, IndexState } from './search-index.ts';

export type SearchRequest =
  | { kind: 'state'; user: string }
  | { kind: 'index'; user: string; rows: IndexedRow[] }
  /** All of this user before it is done. */
  | { kind: 'finish'; user: string; removed: number[]; state: IndexState }
  /** Looks at a stretch of the mails behind `before`, up to `limit` results; `stop` says where to go on. */
  | { kind: 'find'; user: string; query: Query; before: number | null; limit: number }
  /** The same, and only counts them, up to `most`. */
  | { kind: 'count'; user: string; query: Query; before: number | null; most: number }
  /** Puts right what makes the index slow, for a moment; `sets`: he looks for words, so also what answers him faster. `more` says whether there is more of it. */
  | { kind: 'tidy'; user: string; sets: boolean }
  | { kind: 'suggest'; user: string; begin: string; people: number; words: number }
  | { kind: 'snippets'; user: string; query: Query; mails: { header: string; body: string; size: number }[] }
  | { kind: 'drop'; user: string };

/** Where the found words stand in `text`: UTF-16 units, from and up to. */
export type Range = readonly [start: number, end: number];

/** What of a mail's body or file names shows why it was found; empty where its words are only in its row. */
export interface MarkedText {
  text: string;
  ranges: Range[];
}

export interface SearchAnswer {
  state: IndexState;
  /** The highest number of a mail that is indexed. */
  newest: number;
  found: Found[];
  /** All mails behind this place are still to be looked at; 0 when there are none. */
  stop: number;
  count: number;
  more: boolean;
  people: { name: string; address: string; mails: number }[];
  words: { word: string; mails: number }[];
  snippets: MarkedText[];
}
