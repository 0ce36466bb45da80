import type { BlobSource } from './blob-store.ts';
import type { PackedSources } from './worker-protocol.ts';

/** What lies in shared memory stays where it is; the rest goes into one buffer, which changes threads without being copied again. */
export function packSources(sources: readonly BlobSource[]): PackedSources {
  const own = sources.reduce((sum, source) => sum + (isCopied(source) ? source.length : 0), 0);
  const bytes = new Uint8Array(own);
  const memory: ArrayBufferLike[] = [bytes.buffer];
  const places = new Float64Array(3 * sources.length);
  const files: PackedSources['files'] = [];
  let at = 0;
  for (const [index, source] of sources.entries()) {
    if ('path' in source) {
      files.push(source);
      places.set([-1, 0, source.size], 3 * index);
    } else if (isCopied(source)) {
      bytes.set(source, at);
      places.set([0, at, source.length], 3 * index);
      at += source.length;
    } else {
      const { buffer, byteOffset, length } = source;
      if (!memory.includes(buffer)) memory.push(buffer);
      places.set([memory.indexOf(buffer), byteOffset, length], 3 * index);
    }
  }
  return { memory, places, files };
}

/** The other way round, in the thread. */
export function unpackSources({ memory, places, files }: PackedSources): BlobSource[] {
  let file = 0;
  return Array.from({ length: places.length / 3 }, (_, index) => {
    const piece = memory[places[3 * index]!];
    if (piece === undefined) return files[file++]!;
    return new Uint8Array(piece, places[3 * index + 1], places[3 * index + 2]);
  });
}

function isCopied(source: BlobSource): source is Uint8Array {
  return !('path' in source) && !(source.buffer instanceof SharedArrayBuffer);
}
