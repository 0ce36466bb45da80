import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { blobPath } from './blob-folder.ts';
import { readFrame, sizeOfFrame, unpackFrames } from './blob-frames.ts';
import { BlobRows, type BlobRow } from './blob-row-store.ts';
import { PackReader, readPacked } from './pack-reader.ts';
import { readFull } from './put-source.ts';

/**
 * Reads blobs back and hashes them again, in a worker's thread. By a connection of its own, so that nothing that the
 * writing one holds in memory counts: what it finds stands in the files.
 */
export class BlobProof {
  readonly #rows: BlobRows;
  readonly #folder: string;
  readonly #key: KeyObject;

  constructor(dataDir: string, key: Uint8Array) {
    this.#rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'read');
    this.#folder = join(dataDir, 'blobs');
    this.#key = createSecretKey(key);
  }

  /** The size of each, null where it is missing or its bytes are not those of its id. */
  verify(ids: readonly string[]): (number | null)[] {
    const packs = this.openPacks();
    return ids.map((id) => this.#verifyOne(packs, id));
  }

  /** For one request: what an earlier one read may stand in the file no more. */
  openPacks(): PackReader {
    return new PackReader(this.#folder);
  }

  /** Its bytes in pieces, unproven; throws where they cannot be had. */
  *read(packs: PackReader, id: string): Generator<Buffer> {
    const row = this.#rows.find(id);
    if (row === undefined) throw new Error('the blob is not there');
    yield* this.#readPieces(packs, row);
  }

  #verifyOne(packs: PackReader, id: string): number | null {
    try {
      const row = this.#rows.find(id);
      if (row === undefined) return null;
      const hash = createHmac('sha256', this.#key);
      let size = 0;
      for (const piece of this.#readPieces(packs, row)) {
        hash.update(piece);
        size += piece.length;
      }
      return size === row.size && hash.digest('base64url') === id ? size : null;
    } catch {
      // A damaged frame, a file that is gone: whatever the reason, these bytes cannot be had again.
      return null;
    }
  }

  *#readPieces(packs: PackReader, row: BlobRow): Generator<Buffer> {
    if (row.frames === null) yield readPacked(this.#rows, packs, row);
    else {
      const file = openSync(blobPath(this.#folder, row.id), 'r');
      try {
        for (const [index, length] of unpackFrames(row.frames).entries()) {
          yield readFrame(readFull(file, length), sizeOfFrame(index, row.size));
        }
      } finally {
        closeSync(file);
      }
    }
  }

  close(): void {
    this.#rows.close();
  }
}
