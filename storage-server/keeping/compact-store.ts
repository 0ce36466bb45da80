import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SEARCH_FOLDER } from '../background/thread-protocol.ts';
import { isThere } from '../../server-kit/is-there.ts';
import { DAY } from '../../common/time.ts';
import { openLocalBlobStore } from '../blob/local-blob-store.ts';
import { demandBond } from './bond/bind-store.ts';
import { packDatabase } from './check/database-check-store.ts';
import type { OnProgress } from './finding.ts';
import type { OpenStore } from './open-store.ts';
import { packFile, packIndex } from './pack-file-store.ts';
import { listReferenceSources } from './reference-sources.ts';

/** Packs of which less still counts are written anew: where somebody asked for it, a tenth is worth it. */
const WORTH = 0.9;

/**
 * Gives back what is not needed: compresses what still stands as it came, deletes what nothing has referred to for a day,
 * writes wasteful packs anew, and packs the databases. Nobody else may work on the store. Sizes in bytes on the disk.
 */
export async function compactStore(
  store: OpenStore,
  onProgress: OnProgress,
): Promise<{ before: number; after: number }> {
  const { dataDir, blobKey, db, log } = store;
  const before = await measureFolder(dataDir);
  const blobs = await openLocalBlobStore({ dataDir, key: blobKey, log });
  try {
    onProgress('compress', 0, 1);
    await blobs.compress();
    // Where the database may be older than the blobs, what it does not name stays: all of it counts as young.
    const { sweepAfter } = await demandBond(store);
    const age = Date.now() < sweepAfter ? Number.MAX_SAFE_INTEGER : DAY;
    await blobs.sweep(listReferenceSources(db), age, WORTH);
  } finally {
    await blobs.close();
  }
  const indexes = await listIndexes(dataDir);
  const total = indexes.length + 2;
  onProgress('pack', 0, total);
  packFile(join(dataDir, 'blobs.sqlite'));
  onProgress('pack', 1, total);
  if (db.engine === 'sqlite') packFile(join(dataDir, 'storage.sqlite'));
  else await packDatabase(db);
  for (const [done, index] of indexes.entries()) {
    onProgress('pack', 2 + done, total);
    packIndex(index);
  }
  return { before, after: await measureFolder(dataDir) };
}

async function listIndexes(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, SEARCH_FOLDER);
  if (!isThere(folder)) return [];
  return (await readdir(folder)).filter((name) => name.endsWith('.sqlite')).map((name) => join(folder, name));
}

async function measureFolder(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).blocks * 512;
  }
  return bytes;
}
