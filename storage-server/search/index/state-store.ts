import type Sqlite from 'better-sqlite3';
import type { IndexState } from './search-index.ts';

const EMPTY: IndexState = { modseq: 0, mail: 0, removed: 0 };

export function readIndexState(prepare: (sql: string) => Sqlite.Statement): IndexState {
  return (prepare('SELECT modseq, mail, removed FROM state').get() as IndexState | undefined) ?? EMPTY;
}
