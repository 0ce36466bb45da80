import type { BlobStore } from '../../blob/blob-store.ts';

/** As large as a frame of a large blob, which is unpacked whole in any case. */
const WINDOW = 1024 * 1024;

/** Reads neighbouring parts of a body from what was unpacked for the last of them: a thousand small parts would unpack it a thousand times. */
export function readAhead(blobs: Pick<BlobStore, 'open'>): Pick<BlobStore, 'open'> {
  let kept: { id: string; from: number; bytes: Buffer } | null = null;
  return {
    open: async function* (id, start, end) {
      const from = start - (start % WINDOW);
      if (start >= end) return;
      if (end > from + WINDOW) {
        yield* blobs.open(id, start, end);
        return;
      }
      if (kept?.id !== id || kept.from !== from) {
        const pieces: Buffer[] = [];
        for await (const piece of blobs.open(id, from, from + WINDOW)) pieces.push(piece);
        kept = { id, from, bytes: Buffer.concat(pieces) };
      }
      yield kept.bytes.subarray(start - from, end - from);
    },
  };
}
