import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { isThere } from '../../../server-kit/is-there.ts';
import { isDamaged } from '../../search/index/is-damaged.ts';

export interface IndexedMail {
  mail: number;
  modseq: number;
}

/** One moment of a user's index; nothing of it is changed. */
export interface IndexCheck {
  /** Everything that changed up to here must be in it. */
  state: IndexPlace;
  /** How many words' rows it has too few or too many. */
  unmatched: number;
  list(after: number, limit: number): IndexedMail[];
  close(): void;
}

export interface IndexPlace {
  modseq: number;
  mail: number;
  removed: number;
}

function indexPath(dataDir: string, user: string): string {
  return join(dataDir, 'search', `${user}.sqlite`);
}

/** Its server makes it anew; nobody may have it open. */
export function removeIndex(dataDir: string, user: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${indexPath(dataDir, user)}${end}`, { force: true });
}

/** Null: there is none yet, or one of another version, which its server makes anew. `damaged`: what SQLite says. */
export function openIndexCheck(dataDir: string, user: string): IndexCheck | { damaged: string } | null {
  const path = indexPath(dataDir, user);
  if (!isThere(path)) return null;
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(path, { readonly: true, timeout: 30_000 });
    const check = look(db);
    if (check !== null && !('damaged' in check)) return check;
    db.close();
    return check;
  } catch (error) {
    db?.close();
    if (isDamaged(error)) return { damaged: (error as Error).message };
    throw error;
  }
}

function look(db: Sqlite.Database): IndexCheck | { damaged: string } | null {
  db.exec('BEGIN');
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE name IN ('state', 'doc', 'mail_text')")
    .all();
  if (tables.length < 3) return null;
  const said = db.pragma('integrity_check(5)') as { integrity_check: string }[];
  const wrong = said.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  if (wrong.length > 0) return { damaged: wrong.join('; ') };
  const state = db.prepare('SELECT modseq, mail, removed FROM state').get() as IndexPlace | undefined;
  const page = db.prepare<[number, number], IndexedMail>(
    'SELECT mail, modseq FROM doc WHERE mail > ? ORDER BY mail LIMIT ?',
  );
  const { n } = db
    .prepare(
      `SELECT (SELECT COUNT(*) FROM doc WHERE id NOT IN (SELECT id FROM mail_text_docsize))
        + (SELECT COUNT(*) FROM mail_text_docsize WHERE id NOT IN (SELECT id FROM doc)) AS n`,
    )
    .get() as { n: number };
  return {
    state: state ?? { modseq: 0, mail: 0, removed: 0 },
    unmatched: n,
    list: (after, limit) => page.all(after, limit),
    close: () => db.close(),
  };
}
