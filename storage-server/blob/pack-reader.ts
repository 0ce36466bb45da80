import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobRow, BlobRows } from './blob-row-store.ts';
import { type Chunk, unpackChunk } from './pack-chunk.ts';

/** Where a small blob is: `length` bytes at `at` of a pack are a compressed chunk, which holds it from `inside` on; null: they are the blob as it came. */
export interface Place {
  pack: number;
  at: number;
  length: number;
  inside: number | null;
}

export function packPath(folder: string, pack: number): string {
  return join(folder, 'packs', `${pack}.pack`);
}

/** Chunks kept: those of a mail's header and body, and one more. */
const KEPT = 3;

/** Reads blobs out of packs. What is written once stays as it is, and neighbours are asked for together: the last chunks are kept. */
export class PackReader {
  readonly #folder: string;
  /** The latest first. */
  readonly #kept: { pack: number; at: number; chunk: Chunk }[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A copy of its own. */
  read({ pack, at, length, inside }: Place, size: number): Buffer {
    if (inside === null) return this.#readBytes(pack, at, length);
    const index = this.#kept.findIndex((one) => one.pack === pack && one.at === at);
    const [found] = index === -1 ? [] : this.#kept.splice(index, 1);
    const kept = found ?? { pack, at, chunk: unpackChunk(this.#readBytes(pack, at, length)) };
    this.#kept.unshift(kept);
    this.#kept.length = Math.min(this.#kept.length, KEPT);
    return kept.chunk.read(inside, inside + size);
  }

  #readBytes(pack: number, at: number, length: number): Buffer {
    const file = openSync(packPath(this.#folder, pack), 'r');
    try {
      const chunk = Buffer.allocUnsafe(length);
      for (let done = 0; done < length;) {
        const read = readSync(file, chunk, done, length - done, at + done);
        if (read === 0) throw new Error('the pack is too short');
        done += read;
      }
      return chunk;
    } finally {
      closeSync(file);
    }
  }
}

/** A small blob's bytes, not yet proven. Its pack may be written anew between row and file: then its row names another one. */
export function readPacked(rows: BlobRows, packs: PackReader, row: BlobRow & { place: Place }): Buffer {
  try {
    return packs.read(row.place, row.size);
  } catch (error) {
    const now = rows.find(row.id);
    if (now === undefined || now.place === null || now.place.pack === row.place.pack) throw error;
    return readPacked(rows, packs, now);
  }
}
