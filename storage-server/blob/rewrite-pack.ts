import type { KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { makeBlobId } from './blob-id.ts';
import type { BlobRows } from './blob-row-store.ts';
import { PackReader, packPath } from './pack-reader.ts';
import { PACK_SIZE } from './pack-file.ts';
import type { PackWriter } from './pack-writer.ts';

/** Where packs are written anew; `packs` writes compressed ones. */
export interface PackShelf {
  rows: BlobRows;
  packs: PackWriter;
  folder: string;
  key: KeyObject;
}

/** What a process that ended early left: such packs are put together. */
const SMALL_PACK = PACK_SIZE / 4;

/**
 * Moves what still counts out of the next pack behind `after` of which less than `worth` counts, or that stayed small, and removes that pack; its
 * number, null when there is none. The copies are durable before a row names them, the rows before the file goes. A damaged
 * blob stays where it is, and its pack with it: somebody may want to look at it.
 */
export function rewritePack(
  { rows, packs, folder, key }: PackShelf,
  after: number,
  worth: number,
): number | null {
  const pack = rows.findWastefulPack(after, SMALL_PACK, worth);
  if (pack === null) return null;
  const reader = new PackReader(folder);
  const former = new Map(rows.listPack(pack).map((row) => [row.id, row.place]));
  try {
    for (const { id, size, place } of rows.listPack(pack)) {
      const bytes = readOrNull(() => reader.read(place, size));
      const whole = bytes !== null && makeBlobId(key, bytes) === id;
      if (whole) packs.add(id, bytes);
    }
    const moved = packs.finish();
    const ended = rows.transact(() => {
      for (const { id, place } of moved) rows.move(id, former.get(id)!, place);
      packs.count(moved, rows);
      return rows.endPack(pack);
    });
    packs.keep();
    if (ended) rmSync(packPath(folder, pack), { force: true });
  } catch (error) {
    packs.undo();
    throw error;
  }
  return pack;
}

function readOrNull(read: () => Buffer): Buffer | null {
  try {
    return read();
  } catch {
    return null;
  }
}
