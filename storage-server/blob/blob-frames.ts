import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A large blob is a row of frames, each of this many bytes before compression, so that a range needs few of them. */
export const FRAME_SIZE = 1024 * 1024;

const FAST = {
  chunkSize: FRAME_SIZE + 8192,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};

/** The checksum within the frame proves each one by itself. */
export function compressFrame(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, FAST);
}

export function decompressFrame(frame: Uint8Array): Buffer {
  return zstdDecompressSync(frame, { maxOutputLength: FRAME_SIZE });
}

/** Lengths of the compressed frames, as kept beside the blob's row. */
export function packFrames(lengths: readonly number[]): Buffer {
  const packed = Buffer.alloc(4 * lengths.length);
  for (const [index, length] of lengths.entries()) packed.writeUInt32LE(length, 4 * index);
  return packed;
}

export function unpackFrames(packed: Buffer): number[] {
  return Array.from({ length: packed.length / 4 }, (_, index) => packed.readUInt32LE(4 * index));
}
