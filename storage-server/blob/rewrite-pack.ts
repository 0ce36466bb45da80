import { makeBlobId } from './blob-id.ts';
import { moveBlobs, type PackShelf } from './move-blobs.ts';
import { PACK_SIZE } from './pack-file.ts';
import { PackReader } from './pack-reader.ts';

/** What a process that ended early left: such packs are put together. */
const SMALL_PACK = PACK_SIZE / 4;

/**
 * Moves what still counts out of the next pack behind `after` of which less than `worth` counts, or that stayed small, and removes that pack; its
 * number, null when there is none. A damaged blob stays where it is, and its pack with it: somebody may want to look at it.
 */
export function rewritePack(shelf: PackShelf, after: number, worth: number): number | null {
  const { rows, packs, folder, key } = shelf;
  const pack = rows.findWastefulPack(after, SMALL_PACK, worth);
  if (pack === null) return null;
  const reader = new PackReader(folder);
  const blobs = rows.listPack(pack);
  moveBlobs(shelf, pack, blobs, () => {
    for (const { id, size, place } of blobs) {
      const bytes = readOrNull(() => reader.read(place, size));
      if (bytes !== null && makeBlobId(key, bytes) === id) packs.add(id, bytes);
    }
  });
  return pack;
}

function readOrNull(read: () => Buffer): Buffer | null {
  try {
    return read();
  } catch {
    return null;
  }
}
