import Sqlite from 'better-sqlite3';

/** How a row's `data` is to be read. */
export const BLOB_KIND = { raw: 0, zstd: 1, frames: 2 } as const;

export interface BlobRow {
  id: string;
  size: number;
  kind: number;
  data: Buffer;
}

/**
 * The rows of blobs.sqlite: small blobs themselves, of large ones the lengths of their frames. Synchronous, as
 * better-sqlite3 is: the worker's thread writes, the server's thread only reads.
 */
export class BlobRows {
  readonly #db: Sqlite.Database;
  readonly #insert: Sqlite.Statement;
  readonly #select: Sqlite.Statement<[Buffer], { size: number; kind: number; data: Buffer }>;

  constructor(file: string, mode: 'write' | 'read') {
    this.#db = new Sqlite(file, { readonly: mode === 'read', timeout: 10_000 });
    if (mode === 'write') {
      this.#db.pragma('page_size = 8192');
      this.#db.pragma('journal_mode = WAL');
      this.#db.pragma('synchronous = FULL');
      this.#db.pragma('wal_autocheckpoint = 4000');
      this.#db.pragma('cache_size = -8000');
      this.#db.exec(
        `CREATE TABLE IF NOT EXISTS blob (id BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, kind INTEGER NOT NULL,
           seen INTEGER NOT NULL, data BLOB NOT NULL);
         CREATE INDEX IF NOT EXISTS blob_seen ON blob (seen)`,
      );
    }
    this.#insert = this.#db.prepare(
      mode === 'read'
        ? 'SELECT 1 WHERE ? + ? + ? + ? + ? IS NULL'
        : `INSERT INTO blob (id, size, kind, seen, data) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, kind = excluded.kind, data = excluded.data`,
    );
    this.#select = this.#db.prepare('SELECT size, kind, data FROM blob WHERE id = ?');
  }

  /** Everything `work` inserts is durable together, or nothing of it is there. */
  transact<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      this.#db.exec('COMMIT');
      return value;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  insert(row: BlobRow, seen: number): void {
    this.#insert.run(toKey(row.id), row.size, row.kind, seen, row.data);
  }

  find(id: string): BlobRow | undefined {
    const row = this.#select.get(toKey(id));
    return row === undefined ? undefined : { id, ...row };
  }

  /** Ids last stored before `before`, oldest first, after the place that an earlier call named. */
  listOld(
    before: number,
    after: { seen: number; id: string } | null,
    limit: number,
  ): { id: string; seen: number }[] {
    return this.#db
      .prepare<unknown[], { id: Buffer; seen: number }>(
        'SELECT id, seen FROM blob WHERE seen < ? AND (seen, id) > (?, ?) ORDER BY seen, id LIMIT ?',
      )
      .all(before, after?.seen ?? -1, after === null ? Buffer.alloc(0) : toKey(after.id), limit)
      .map((row) => ({ id: row.id.toString('base64url'), seen: row.seen }));
  }

  /** Deletes it unless it was stored again meanwhile; its kind when it is gone. */
  deleteOld(id: string, before: number): number | null {
    const row = this.find(id);
    if (row === undefined) return null;
    const { changes } = this.#db.prepare('DELETE FROM blob WHERE id = ? AND seen < ?').run(toKey(id), before);
    return changes === 0 ? null : row.kind;
  }

  close(): void {
    this.#db.close();
  }
}

function toKey(id: string): Buffer {
  return Buffer.from(id, 'base64url');
}
