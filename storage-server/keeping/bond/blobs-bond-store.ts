import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { BlobsBond } from './decide-bond.ts';

interface Row {
  store_id: string;
  generation: number;
  sure: number;
  sweep_after: number;
}

/** What blobs.sqlite, which must be there, says of its store, and whether it names any blob. Changes nothing. */
export function readBlobsBond(dataDir: string): { bond: BlobsBond | null; holdsBlobs: boolean } {
  const db = new Sqlite(join(dataDir, 'blobs.sqlite'), { readonly: true, timeout: 10_000 });
  try {
    const holdsBlobs = db.prepare('SELECT 1 FROM blob LIMIT 1').get() !== undefined;
    const made = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'store_bond'").get() !== undefined;
    const row = made ? db.prepare<[], Row>('SELECT * FROM store_bond').get() : undefined;
    if (row === undefined) return { bond: null, holdsBlobs };
    const { store_id: storeId, generation, sure, sweep_after: sweepAfter } = row;
    return { bond: { storeId, generation, sure: sure === 1, sweepAfter }, holdsBlobs };
  } finally {
    db.close();
  }
}

/** Durable when it returns. */
export function writeBlobsBond(dataDir: string, { storeId, generation, sure, sweepAfter }: BlobsBond): void {
  const db = new Sqlite(join(dataDir, 'blobs.sqlite'), { timeout: 10_000 });
  try {
    db.pragma('synchronous = FULL');
    db.exec(
      `CREATE TABLE IF NOT EXISTS store_bond (one INTEGER PRIMARY KEY CHECK (one = 1), store_id TEXT NOT NULL,
         generation INTEGER NOT NULL, sure INTEGER NOT NULL, sweep_after INTEGER NOT NULL)`,
    );
    db.prepare(
      'INSERT OR REPLACE INTO store_bond (one, store_id, generation, sure, sweep_after) VALUES (1, ?, ?, ?, ?)',
    ).run(storeId, generation, Number(sure), sweepAfter);
  } finally {
    db.close();
  }
}
