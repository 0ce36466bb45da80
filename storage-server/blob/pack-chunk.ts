import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { foldBase64, FoldedBytes } from './base64-runs.ts';

/** Larger blobs are files of their own, at two syncs each; what retrieval holds in memory is smaller. */
export const SMALL_BLOB = 1024 * 1024;

/** Blobs are compressed together from this size on: neighbours are much alike, and of 1 MiB 9 % less is left than of 512 KiB; to read one costs about 1 ms. */
export const CHUNK_SIZE = 1024 * 1024;

/** No chunk holds more: one that is nearly full takes one blob more. */
export const LARGEST_CHUNK = CHUNK_SIZE + SMALL_BLOB;

/** Stands before the compressed bytes of a chunk whose base64 is decoded: no zstd frame begins so (RFC 8878 section 3.1). */
const FOLDED = Buffer.from([1]);

/**
 * Behind people's backs, so for size: level 6 takes three times as long for 1 % less. Output in one piece saves half of the time.
 * `starts`: where blobs begin.
 */
export function makeChunk(bytes: Buffer, starts: readonly number[]): Buffer {
  const folded = foldBase64(bytes, starts);
  return folded === null ? compress(bytes) : Buffer.concat([FOLDED, compress(folded)]);
}

/** An unpacked chunk, of which stretches are read. */
export interface Chunk {
  /** A copy of its own. */
  read(start: number, end: number): Buffer;
}

export function unpackChunk(chunk: Buffer): Chunk {
  if (chunk[0] === FOLDED[0]) return new FoldedBytes(expand(chunk.subarray(1)), LARGEST_CHUNK);
  const bytes = expand(chunk);
  return { read: (start, end) => Buffer.from(bytes.subarray(start, end)) };
}

function compress(bytes: Buffer): Buffer {
  return zstdCompressSync(bytes, {
    chunkSize: bytes.length + 1024,
    pledgedSrcSize: bytes.length,
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
  });
}

function expand(bytes: Buffer): Buffer {
  return zstdDecompressSync(bytes, { chunkSize: CHUNK_SIZE + 32 * 1024, maxOutputLength: LARGEST_CHUNK });
}
