import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** A large blob is a row of frames, each of this many bytes before compression, so that a range needs few of them. */
export const FRAME_SIZE = 1024 * 1024;

const FAST = {
  chunkSize: FRAME_SIZE + 8192,
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
};
/** Looked at first: most large things are compressed already, and base64 of those shrinks to 0.76 only. */
const SAMPLE = { size: 32 * 1024, worth: 0.7 };
const CHECKSUM_SIZE = 4;

/** What is written of a frame, in its pieces. Each frame proves itself: by zstd's checksum, or as it is with a CRC-32 behind it. */
export function makeFrame(bytes: Uint8Array): Uint8Array[] {
  const sample = zstdCompressSync(bytes.subarray(0, SAMPLE.size), FAST_SAMPLE);
  if (sample.length < SAMPLE.worth * Math.min(bytes.length, SAMPLE.size)) {
    const frame = zstdCompressSync(bytes, FAST);
    if (frame.length < bytes.length) return [frame];
  }
  const checksum = Buffer.alloc(CHECKSUM_SIZE);
  checksum.writeUInt32LE(crc32(bytes));
  return [bytes, checksum];
}

const FAST_SAMPLE = { ...FAST, chunkSize: SAMPLE.size + 1024 };

/** `size`: of the frame's content. Throws where that is damaged. */
export function readFrame(frame: Buffer, size: number): Buffer {
  if (frame.length !== size + CHECKSUM_SIZE)
    return zstdDecompressSync(frame, { maxOutputLength: FRAME_SIZE });
  const bytes = frame.subarray(0, size);
  if (crc32(bytes) !== frame.readUInt32LE(size)) throw new Error('the checksum of a frame is wrong');
  return bytes;
}

/** How long the content of that frame is in a blob of `size` bytes. */
export function sizeOfFrame(index: number, size: number): number {
  return Math.min(FRAME_SIZE, size - index * FRAME_SIZE);
}

/** Lengths of the frames as written, as kept in the blob's row. */
export function packFrames(lengths: readonly number[]): Buffer {
  const packed = Buffer.alloc(4 * lengths.length);
  for (const [index, length] of lengths.entries()) packed.writeUInt32LE(length, 4 * index);
  return packed;
}

export function unpackFrames(packed: Buffer): number[] {
  return Array.from({ length: packed.length / 4 }, (_, index) => packed.readUInt32LE(4 * index));
}
