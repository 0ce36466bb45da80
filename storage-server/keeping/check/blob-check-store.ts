import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** A blob's row, in the order in which it was stored. */
export interface ListedBlob {
  row: number;
  id: string;
  size: number;
  /** Null: a file of its own. */
  pack: number | null;
  at: number | null;
}

/** Looks at blobs.sqlite, also beside the server that writes it. Synchronous, as better-sqlite3 is. */
export class BlobCheck {
  readonly #db: Sqlite.Database;
  readonly #size: Sqlite.Statement<[Buffer], { size: number }>;
  readonly #page: Sqlite.Statement<[number, number], Omit<ListedBlob, 'id'> & { id: Buffer }>;

  constructor(dataDir: string) {
    this.#db = new Sqlite(join(dataDir, 'blobs.sqlite'), { readonly: true, timeout: 10_000 });
    this.#size = this.#db.prepare('SELECT size FROM blob WHERE id = ?');
    this.#page = this.#db.prepare(
      'SELECT rowid AS row, id, size, pack, at FROM blob WHERE rowid > ? ORDER BY rowid LIMIT ?',
    );
  }

  /** What SQLite says of the file; empty when it is whole. */
  findDamage(): string[] {
    const rows = this.#db.pragma('integrity_check(20)') as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }

  /** Null: it is not there. */
  sizeOf(id: string): number | null {
    return this.#size.get(Buffer.from(id, 'base64url'))?.size ?? null;
  }

  count(): number {
    return (this.#db.prepare('SELECT COUNT(*) AS n FROM blob').get() as { n: number }).n;
  }

  list(after: number, limit: number): ListedBlob[] {
    return this.#page.all(after, limit).map((row) => ({ ...row, id: row.id.toString('base64url') }));
  }

  /** Of each pack that has a row or a blob: how many of its bytes a blob needs. */
  readPacks(): Map<number, number> {
    const rows = this.#db
      .prepare<[], { id: number; used: number }>(
        `SELECT id, SUM(length) AS used FROM (SELECT id, 0 AS length FROM pack
           UNION ALL SELECT pack, length FROM (SELECT DISTINCT pack, at, length FROM blob WHERE pack IS NOT NULL))
         GROUP BY id`,
      )
      .all();
    return new Map(rows.map(({ id, used }) => [id, used]));
  }

  close(): void {
    this.#db.close();
  }
}

/** Forgets blobs whose bytes cannot be had again, so that storing them anew takes their place. Nobody else may have the store open. */
export function forgetBlobs(dataDir: string, ids: readonly string[]): void {
  const db = new Sqlite(join(dataDir, 'blobs.sqlite'), { timeout: 10_000 });
  try {
    db.pragma('synchronous = FULL');
    const forget = db.prepare('DELETE FROM blob WHERE id = ?');
    db.transaction(() => {
      for (const id of ids) forget.run(Buffer.from(id, 'base64url'));
    })();
  } finally {
    db.close();
  }
}
