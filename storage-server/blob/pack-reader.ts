import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobRow, BlobRows } from './blob-row-store.ts';
import { unpackChunk } from './pack-chunk.ts';

/** Where a small blob is: `length` bytes at `at` of a pack are a compressed chunk, which holds it from `inside` on. */
export interface Place {
  pack: number;
  at: number;
  length: number;
  inside: number;
}

export function packPath(folder: string, pack: number): string {
  return join(folder, 'packs', `${pack}.pack`);
}

/** Reads blobs out of packs. What is written once stays as it is, and neighbours are asked for together: the last chunk is kept. */
export class PackReader {
  readonly #folder: string;
  #last: { pack: number; at: number; bytes: Buffer } | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A copy of its own. */
  read({ pack, at, length, inside }: Place, size: number): Buffer {
    if (this.#last?.pack !== pack || this.#last.at !== at) {
      this.#last = { pack, at, bytes: unpackChunk(this.#readChunk(pack, at, length)) };
    }
    return Buffer.from(this.#last.bytes.subarray(inside, inside + size));
  }

  #readChunk(pack: number, at: number, length: number): Buffer {
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
