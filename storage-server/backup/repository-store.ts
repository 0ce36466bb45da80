import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Bytes of an object within a frame of a pack. */
export type Piece = [frame: number, length: number, offset: number, size: number];

export interface ObjectRow {
  pack: string;
  size: number;
  /** HMAC or hash of its bytes, for `--verify`. */
  digest: string;
  pieces: Piece[];
}

/** A state of one user's mail and profile that can be restored. */
export interface Snapshot {
  user: string;
  name: string;
  /** ms */
  at: number;
  mails: number;
  bytes: number;
}

/** `index.sqlite` of a repository: where each object is. What it does not name is waste of a backup that broke off. */
export class RepositoryIndex {
  readonly #db: Sqlite.Database;

  constructor(path: string) {
    this.#db = new Sqlite(join(path, 'index.sqlite'), { timeout: 10_000 });
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.exec(
      `CREATE TABLE IF NOT EXISTS object (name TEXT PRIMARY KEY, pack TEXT NOT NULL, size INTEGER NOT NULL,
         digest TEXT NOT NULL, pieces TEXT NOT NULL) WITHOUT ROWID;
       CREATE TABLE IF NOT EXISTS snapshot (user TEXT NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL,
         mails INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (user, at)) WITHOUT ROWID`,
    );
  }

  /** What SQLite says of the file; empty when it is whole. */
  findDamage(): string[] {
    const rows = this.#db.pragma('integrity_check(20)') as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }

  has(name: string): boolean {
    return this.#db.prepare('SELECT 1 FROM object WHERE name = ?').get(name) !== undefined;
  }

  find(name: string): ObjectRow | null {
    const row = this.#db.prepare('SELECT pack, size, digest, pieces FROM object WHERE name = ?').get(name) as
      { pack: string; size: number; digest: string; pieces: string } | undefined;
    return row === undefined ? null : { ...row, pieces: JSON.parse(row.pieces) as Piece[] };
  }

  /** In one transaction, when their pack is on the disk. */
  add(objects: ReadonlyMap<string, ObjectRow>): void {
    const insert = this.#db.prepare(
      'INSERT OR REPLACE INTO object (name, pack, size, digest, pieces) VALUES (?, ?, ?, ?, ?)',
    );
    this.#db.transaction(() => {
      for (const [name, { pack, size, digest, pieces }] of objects) {
        insert.run(name, pack, size, digest, JSON.stringify(pieces));
      }
    })();
  }

  addSnapshot({ user, at, name, mails, bytes }: Snapshot): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO snapshot (user, at, name, mails, bytes) VALUES (?, ?, ?, ?, ?)')
      .run(user, at, name, mails, bytes);
  }

  /** The oldest first. */
  listSnapshots(): Snapshot[] {
    return this.#db
      .prepare('SELECT user, at, name, mails, bytes FROM snapshot ORDER BY at, user')
      .all() as Snapshot[];
  }

  *listObjects(): Generator<string, void, undefined> {
    let after = '';
    for (;;) {
      const page = this.#db
        .prepare('SELECT name FROM object WHERE name > ? ORDER BY name LIMIT 1000')
        .all(after) as { name: string }[];
      for (const { name } of page) yield name;
      if (page.length === 0) return;
      after = page.at(-1)!.name;
    }
  }

  close(): void {
    this.#db.close();
  }
}
