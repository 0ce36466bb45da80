import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { FRAME_SIZE } from './blob-frames.ts';
import type { BlobSource, StoredBlob } from './blob-store.ts';
import { SMALL_BLOB } from './pack-chunk.ts';
import type { BlobShelf } from './shelf.ts';

/** Stores bytes or the content of a file as one blob. */
export function putSource(shelf: BlobShelf, source: BlobSource): StoredBlob {
  if (!('path' in source)) return shelf.put(Buffer.from(source.buffer, source.byteOffset, source.length));
  const file = openSync(source.path, 'r');
  try {
    if (fstatSync(file).size <= SMALL_BLOB) return shelf.put(readFull(file, SMALL_BLOB));
    const writer = shelf.startFile();
    try {
      forEachFrame(file, 0, (piece) => writer.push(piece));
      return shelf.finishFile(writer);
    } catch (error) {
      writer.discard();
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

/** One for a thread: pieces of a file are looked at one after the other, and new memory for each keeps the collector busy. */
const frame = Buffer.allocUnsafeSlow(FRAME_SIZE);

/** The file from `start` on, in pieces of whole frames but for the last; each is good only until the next one. */
export function forEachFrame(file: number, start: number, use: (piece: Buffer) => void): void {
  let at = start;
  for (let piece = readInto(file, frame, at); piece.length > 0; piece = readInto(file, frame, at)) {
    use(piece);
    at += piece.length;
  }
}

function readInto(file: number, buffer: Buffer, at: number): Buffer {
  let size = 0;
  while (size < buffer.length) {
    const read = readSync(file, buffer, size, buffer.length - size, at + size);
    if (read === 0) break;
    size += read;
  }
  return buffer.subarray(0, size);
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
