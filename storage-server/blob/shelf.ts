import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOB_KIND, BlobRows } from './blob-row-store.ts';
import { BlobFileWriter, blobPath, prepareFolder, syncFolder } from './blob-folder.ts';
import { FRAME_SIZE, compressSmall, packFrames } from './blob-frames.ts';
import type { StoredBlob } from './blob-store.ts';

/** Larger blobs are files of their own (DESIGN 7). */
export const SMALL_BLOB = 256 * 1024;

/** Where blobs are written, synchronously, in the worker's thread. All calls but the constructor stand in `transact`. */
export class BlobShelf {
  readonly #key: KeyObject;
  readonly #folder: string;
  readonly #rows: BlobRows;
  #written: BlobFileWriter[] = [];

  constructor(dataDir: string, key: Uint8Array) {
    // As a KeyObject: taking bytes in as a key anew for each blob costs a third of the hashing.
    this.#key = createSecretKey(key);
    this.#folder = join(dataDir, 'blobs');
    prepareFolder(this.#folder);
    this.#rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'write');
  }

  transact<T>(work: () => T): T {
    try {
      return this.#rows.transact(() => {
        const value = work();
        this.#settleFiles();
        return value;
      });
    } finally {
      for (const writer of this.#written.splice(0)) writer.discard();
    }
  }

  /** Files before rows. Syncing them one after the other at the end costs far less than one at a time. */
  #settleFiles(): void {
    if (this.#written.length === 0) return;
    for (const writer of this.#written) writer.sync();
    const folders = new Set(this.#written.map((writer) => writer.place()));
    this.#written = [];
    for (const folder of folders) syncFolder(folder);
  }

  /** Takes the same path whether it is new or known (DESIGN 7). */
  put(bytes: Buffer): StoredBlob {
    if (bytes.length > SMALL_BLOB) {
      const writer = this.startFile();
      try {
        for (let at = 0; at < bytes.length; at += FRAME_SIZE)
          writer.push(bytes.subarray(at, at + FRAME_SIZE));
        return this.finishFile(writer);
      } catch (error) {
        writer.discard();
        throw error;
      }
    }
    const id = createHmac('sha256', this.#key).update(bytes).digest('base64url');
    const packed = bytes.length < 64 ? bytes : compressSmall(bytes);
    const smaller = packed.length < bytes.length;
    const kind = smaller ? BLOB_KIND.zstd : BLOB_KIND.raw;
    this.#rows.insert({ id, size: bytes.length, kind, data: smaller ? packed : bytes }, Date.now());
    return { id, size: bytes.length };
  }

  startFile(): BlobFileWriter {
    return new BlobFileWriter(this.#folder, this.#key);
  }

  finishFile(writer: BlobFileWriter): StoredBlob {
    const { id, size, frames } = writer.finish();
    this.#written.push(writer);
    this.#rows.insert({ id, size, kind: BLOB_KIND.frames, data: packFrames(frames) }, Date.now());
    return { id, size };
  }

  listOld(
    before: number,
    after: { seen: number; id: string } | null,
    limit: number,
  ): { id: string; seen: number }[] {
    return this.#rows.listOld(before, after, limit);
  }

  deleteOld(ids: readonly string[], before: number): number {
    const kinds = ids.map((id) => this.#rows.transact(() => this.#rows.deleteOld(id, before)));
    for (const [index, kind] of kinds.entries()) {
      if (kind === BLOB_KIND.frames) rmSync(blobPath(this.#folder, ids[index] ?? ''), { force: true });
    }
    return kinds.filter((kind) => kind !== null).length;
  }

  close(): void {
    this.#rows.close();
  }
}
