import { closeSync, openSync, readSync } from 'node:fs';
import { FRAME_SIZE } from './blob-frames.ts';
import type { BlobSource, StoredBlob } from './blob-store.ts';
import { SMALL_BLOB } from './pack-chunk.ts';
import type { BlobShelf } from './shelf.ts';

/** Stores bytes or the content of a file as one blob. */
export function putSource(shelf: BlobShelf, source: BlobSource): StoredBlob {
  if (!('path' in source)) return shelf.put(Buffer.from(source.buffer, source.byteOffset, source.length));
  const file = openSync(source.path, 'r');
  try {
    const first = readFull(file, SMALL_BLOB + FRAME_SIZE);
    if (first.length <= SMALL_BLOB) return shelf.put(first);
    return putPieces(shelf, file, first);
  } finally {
    closeSync(file);
  }
}

function putPieces(shelf: BlobShelf, file: number, first: Buffer): StoredBlob {
  const writer = shelf.startFile();
  try {
    for (let piece = first; piece.length > 0; piece = readFull(file, FRAME_SIZE)) writer.push(piece);
    return shelf.finishFile(writer);
  } catch (error) {
    writer.discard();
    throw error;
  }
}

/** As many bytes as asked for, fewer only at the end of the file. */
export function readFull(file: number, length: number): Buffer {
  const piece = Buffer.allocUnsafe(length);
  let size = 0;
  while (size < length) {
    const read = readSync(file, piece, size, length - size, null);
    if (read === 0) break;
    size += read;
  }
  return piece.subarray(0, size);
}
