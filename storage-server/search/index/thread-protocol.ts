import type { Plan } from '../query/plan-query.ts';
import type { Found, IndexedRow, IndexState } from './search-index.ts';

export type SearchRequest =
  | { kind: 'state'; user: string }
  | { kind: 'index'; user: string; rows: IndexedRow[] }
  /** All of this user before it is done. */
  | { kind: 'finish'; user: string; removed: number[]; state: IndexState }
  | { kind: 'find'; user: string; plan: Plan; after: number | null; limit: number; most: number }
  | { kind: 'drop'; user: string };

export interface SearchAnswer {
  state: IndexState;
  found: Found[];
  /** Of all results, counted up to `most`. */
  count: number;
}
