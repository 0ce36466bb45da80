import { closeSync, openSync, readSync } from 'node:fs';
import { makeBlobId } from './blob-id.ts';
import { moveBlobs, type PackShelf } from './move-blobs.ts';
import type { PackedBlob } from './pack-writer.ts';
import { packPath } from './pack-reader.ts';

/** Up to where received packs were gone through. */
export interface RawPlace {
  pack: number;
  at: number;
}

/** Where to begin. */
export const FIRST_RAW: RawPlace = { pack: 0, at: 0 };

/** Bytes of one step: short enough for what waits behind it, long enough for two syncs. */
const STEP = { bytes: 4 << 20, blobs: 4000 };
/** Headers, mostly: together they shrink to a fraction of what they do each among bodies. */
const SMALL = 4 * 1024;

/**
 * One step: moves what stands as it came, from `from` on, into compressed chunks; where the next step begins, null when nothing is left.
 * Bytes that are not those of their id stay where they are, and their pack with them. Packs that are written to are left alone, see
 * BlobShelf.leavePack.
 */
export function compressPack(shelf: PackShelf, from: RawPlace): RawPlace | null {
  const { rows } = shelf;
  const pack = rows.findRawPack(from.pack);
  if (pack === null) return null;
  const begin = pack === from.pack ? from.at : 0;
  const part = cutPart(rows.listPack(pack, begin, STEP.blobs));
  const last = part.at(-1);
  const ended = moveBlobs(shelf, pack, part, () => addWhole(shelf, part));
  if (ended || last === undefined) return { pack: pack + 1, at: 0 };
  // An empty blob stands where the next one begins.
  const next = last.place.at + last.size;
  return { pack, at: next === begin ? next + 1 : next };
}

/** At least one. */
function cutPart(blobs: PackedBlob[]): PackedBlob[] {
  const end = (blobs[0]?.place.at ?? 0) + STEP.bytes;
  const beyond = blobs.findIndex(({ place }) => place.at >= end);
  return beyond === -1 ? blobs : blobs.slice(0, beyond);
}

/** Puts those whose bytes are there into the writer, small ones together. */
function addWhole({ packs, folder, key }: PackShelf, part: readonly PackedBlob[]): void {
  const first = part[0];
  const last = part.at(-1);
  if (first === undefined || last === undefined) return;
  const start = first.place.at;
  const bytes = readPart(packPath(folder, first.place.pack), start, last.place.at + last.size - start);
  const isSmall = ({ size }: PackedBlob): boolean => size < SMALL;
  for (const { id, size, place } of [...part.filter(isSmall), ...part.filter((one) => !isSmall(one))]) {
    const blob = bytes.subarray(place.at - start, place.at - start + size);
    if (blob.length === size && makeBlobId(key, blob) === id) packs.add(id, blob);
  }
}

/** As much as is there. */
function readPart(path: string, start: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let size = 0;
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return bytes.subarray(0, 0);
  }
  try {
    while (size < length) {
      const read = readSync(file, bytes, size, length - size, start + size);
      if (read === 0) break;
      size += read;
    }
  } finally {
    closeSync(file);
  }
  return bytes.subarray(0, size);
}
