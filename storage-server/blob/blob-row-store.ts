import Sqlite from 'better-sqlite3';
import type { Place } from './pack-reader.ts';

/** Where a blob's bytes are: in a pack, or in a file of its own, whose frames have these lengths. */
export type BlobRow = { id: string; size: number } & (
  { place: Place; frames: null } | { place: null; frames: Buffer }
);

type Columns = { size: number; frames: Buffer | null } & { [Key in keyof Place]: Place[Key] | null };

/**
 * The rows of blobs.sqlite, which say where each blob is. Synchronous, as better-sqlite3 is: the workers' threads
 * write, all others only read.
 */
export class BlobRows {
  readonly #db: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[], never>>();

  constructor(file: string, mode: 'write' | 'read') {
    this.#db = new Sqlite(file, { readonly: mode === 'read', timeout: 10_000 });
    if (mode === 'read') return;
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('cache_size = -4000');
    this.#db.exec(
      `CREATE TABLE IF NOT EXISTS blob (id BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, seen INTEGER NOT NULL,
         pack INTEGER, at INTEGER, length INTEGER, inside INTEGER, frames BLOB);
       CREATE TABLE IF NOT EXISTS pack (id INTEGER PRIMARY KEY AUTOINCREMENT, open INTEGER NOT NULL, bytes INTEGER NOT NULL);
       CREATE INDEX IF NOT EXISTS blob_place ON blob (pack, at, size) WHERE pack IS NOT NULL`,
    );
    // Packs of before bytes were stored as they came are all compressed.
    const columns = this.#db.pragma('table_info(pack)') as { name: string }[];
    if (!columns.some(({ name }) => name === 'raw'))
      this.#db.exec('ALTER TABLE pack ADD COLUMN raw INTEGER NOT NULL DEFAULT 0');
  }

  /** Everything `work` writes is durable together, or nothing of it is there. */
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

  /** Where it is now, also when it was stored before. */
  insert({ id, size, place, frames }: BlobRow, seen: number): void {
    const { pack = null, at = null, length = null, inside = null } = place ?? {};
    this.#prepare(
      `INSERT INTO blob (id, size, seen, pack, at, length, inside, frames) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, pack = excluded.pack, at = excluded.at,
         length = excluded.length, inside = excluded.inside, frames = excluded.frames`,
    ).run(toKey(id), size, seen, pack, at, length, inside, frames);
  }

  find(id: string): BlobRow | undefined {
    const row = this.#prepare<Columns>(
      'SELECT size, pack, at, length, inside, frames FROM blob WHERE id = ?',
    ).get(toKey(id));
    return row === undefined ? undefined : toRow(id, row);
  }

  /** Rows last stored before `before`, behind the row number `after`. */
  listOld(before: number, after: number, limit: number): { row: number; id: string }[] {
    return this.#prepare<{ row: number; id: Buffer }>(
      'SELECT rowid AS row, id FROM blob WHERE rowid > ? AND seen < ? ORDER BY rowid LIMIT ?',
    )
      .all(after, before, limit)
      .map(({ row, id }) => ({ row, id: id.toString('base64url') }));
  }

  /** Deletes it unless it was stored again meanwhile; what was there when it is gone. */
  deleteOld(id: string, before: number): BlobRow | null {
    const row = this.find(id);
    if (row === undefined) return null;
    const { changes } = this.#prepare('DELETE FROM blob WHERE id = ? AND seen < ?').run(toKey(id), before);
    return changes === 0 ? null : row;
  }

  /** The number of a pack that is to be written; no number comes twice. */
  beginPack(raw: boolean): number {
    const text = 'INSERT INTO pack (open, bytes, raw) VALUES (1, 0, ?)';
    return Number(this.#prepare(text).run(Number(raw)).lastInsertRowid);
  }

  /** `bytes` more were put into it, as they are before compression. */
  growPack(pack: number, bytes: number, open: boolean): void {
    this.#prepare('UPDATE pack SET bytes = bytes + ?, open = ? WHERE id = ?').run(bytes, Number(open), pack);
  }

  /** Nobody writes to it any more. */
  closePack(pack: number): void {
    this.#prepare('UPDATE pack SET open = 0 WHERE id = ?').run(pack);
  }

  /**
   * Nobody writes to any pack any more: for a process that has just started. Their numbers. A pack whose own row is lost is still
   * one while a blob stands in it: without its number it would be taken for waste.
   */
  closePacks(): number[] {
    this.#prepare('UPDATE pack SET open = 0').run();
    this.#prepare(
      `WITH RECURSIVE used (id) AS (SELECT MIN(pack) FROM blob WHERE pack IS NOT NULL
         UNION ALL SELECT (SELECT MIN(pack) FROM blob WHERE pack > used.id) FROM used WHERE used.id IS NOT NULL)
       INSERT OR IGNORE INTO pack (id, open, bytes, raw)
         SELECT id, 0, (SELECT SUM(size) FROM blob WHERE pack = used.id),
           (SELECT MAX(inside) IS NULL FROM blob WHERE pack = used.id)
         FROM used WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM pack)`,
    ).run();
    return this.#prepare<{ id: number }>('SELECT id FROM pack')
      .all()
      .map(({ id }) => id);
  }

  /** The first pack from `from` on that holds bytes as they came and is written to no more. */
  findRawPack(from: number): number | null {
    const text = 'SELECT id FROM pack WHERE raw = 1 AND open = 0 AND id >= ? ORDER BY id LIMIT 1';
    return this.#prepare<{ id: number }>(text).get(from)?.id ?? null;
  }

  /** The next compressed pack behind `after` that is worth writing anew: less than `worth` of it still counts, or it stayed small. */
  findWastefulPack(after: number, small: number, worth: number): number | null {
    const row = this.#prepare<{ id: number }>(
      `SELECT pack.id FROM pack LEFT JOIN (SELECT pack, SUM(size) AS live FROM blob WHERE pack IS NOT NULL GROUP BY pack) used
         ON used.pack = pack.id
       WHERE pack.open = 0 AND pack.raw = 0 AND pack.id > ? AND (pack.bytes < ? OR COALESCE(used.live, 0) < pack.bytes * ?)
       ORDER BY pack.id LIMIT 1`,
    ).get(after, small, worth);
    return row?.id ?? null;
  }

  /** What stands in it from `at` on, in its order, `most` rows of it. */
  listPack(pack: number, from = 0, most = -1): (BlobRow & { place: Place })[] {
    return this.#prepare<Columns & { id: Buffer } & Place>(
      'SELECT id, size, pack, at, length, inside, frames FROM blob WHERE pack = ? AND at >= ? ORDER BY at, inside LIMIT ?',
    )
      .all(pack, from, most)
      .map(({ id, size, at, length, inside }) => ({
        id: id.toString('base64url'),
        size,
        place: { pack, at, length, inside },
        frames: null,
      }));
  }

  /** Unless it was stored again or deleted meanwhile. */
  move(id: string, from: Place, to: Place): void {
    this.#prepare(
      'UPDATE blob SET pack = ?, at = ?, length = ?, inside = ? WHERE id = ? AND pack = ? AND at = ?',
    ).run(to.pack, to.at, to.length, to.inside, toKey(id), from.pack, from.at);
  }

  /** False while a blob is left in it. */
  endPack(pack: number): boolean {
    const text =
      'DELETE FROM pack WHERE id = ? AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.pack = pack.id)';
    return this.#prepare(text).run(pack).changes > 0;
  }

  close(): void {
    this.#db.close();
  }

  #prepare<Row = never>(text: string): Sqlite.Statement<unknown[], Row> {
    const statement = this.#statements.get(text) ?? this.#db.prepare<unknown[], never>(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

function toRow(id: string, { size, frames, pack, at, length, inside }: Columns): BlobRow {
  if (frames !== null) return { id, size, place: null, frames };
  return { id, size, place: { pack: pack!, at: at!, length: length!, inside }, frames: null };
}

function toKey(id: string): Buffer {
  return Buffer.from(id, 'base64url');
}
