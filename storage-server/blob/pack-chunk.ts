import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Larger blobs are files of their own, at two syncs each; what retrieval holds in memory is smaller. */
export const SMALL_BLOB = 1024 * 1024;

/** Blobs are compressed together from this size on: neighbours are much alike, and of 512 KiB 10 % less is left than of 128; to read one costs about 0.3 ms. */
export const CHUNK_SIZE = 512 * 1024;

/** No chunk holds more: one that is nearly full takes one blob more. */
export const LARGEST_CHUNK = CHUNK_SIZE + SMALL_BLOB;

/** Behind people's backs, so for size: level 6 takes three times as long for 1 % less. Output in one piece saves half of the time. */
export function makeChunk(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, {
    chunkSize: bytes.length + 1024,
    pledgedSrcSize: bytes.length,
    params: { [constants.ZSTD_c_compressionLevel]: 3 },
  });
}

export function unpackChunk(chunk: Uint8Array): Buffer {
  return zstdDecompressSync(chunk, { chunkSize: CHUNK_SIZE + 32 * 1024, maxOutputLength: LARGEST_CHUNK });
}
