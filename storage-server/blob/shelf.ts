import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BLOB_KIND, BlobRows, type BlobRow } from './blob-row-store.ts';
import { BlobFileWriter, blobPath, syncFolder } from './blob-folder.ts';
import { FRAME_SIZE, compressSmall, packFrames } from './blob-frames.ts';
import type { StoredBlob } from './blob-store.ts';

/** Larger blobs are files of their own (DESIGN 7). */
export const SMALL_BLOB = 256 * 1024;

/** Where blobs are written, synchronously, in a worker's thread; there may be several on one data directory. All calls but the constructor stand in `transact`. */
export class BlobShelf {
  readonly #key: KeyObject;
  readonly #folder: string;
  readonly #rows: BlobRows;
  #written: BlobFileWriter[] = [];
  #pending: BlobRow[] = [];

  constructor(dataDir: string, key: Uint8Array) {
    // As a KeyObject: taking bytes in as a key anew for each blob costs a third of the hashing.
    this.#key = createSecretKey(key);
    this.#folder = join(dataDir, 'blobs');
    this.#rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'write');
  }

  /**
   * Everything that `work` puts is durable when this returns, or nothing of it is there. Hashing, compressing, writing and
   * syncing files go before the lock, so that several threads can do them at once.
   */
  transact<T>(work: () => T): T {
    try {
      const value = work();
      for (const writer of this.#written) writer.sync();
      if (this.#pending.length > 0) this.#rows.transact(() => this.#commit());
      return value;
    } finally {
      this.#pending = [];
      for (const writer of this.#written.splice(0)) writer.discard();
    }
  }

  /** Under the lock: a file gets its name and its row together, and `deleteOld` cannot come between. */
  #commit(): void {
    const folders = new Set(this.#written.map((writer) => writer.place()));
    for (const folder of folders) syncFolder(folder);
    const now = Date.now();
    for (const row of this.#pending) this.#rows.insert(row, now);
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
    this.#pending.push({ id, size: bytes.length, kind, data: smaller ? packed : bytes });
    return { id, size: bytes.length };
  }

  startFile(): BlobFileWriter {
    return new BlobFileWriter(this.#folder, this.#key);
  }

  finishFile(writer: BlobFileWriter): StoredBlob {
    const { id, size, frames } = writer.finish();
    this.#written.push(writer);
    this.#pending.push({ id, size, kind: BLOB_KIND.frames, data: packFrames(frames) });
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
    return ids.filter((id) =>
      this.#rows.transact(() => {
        const kind = this.#rows.deleteOld(id, before);
        if (kind === BLOB_KIND.frames) rmSync(blobPath(this.#folder, id), { force: true });
        return kind !== null;
      }),
    ).length;
  }

  close(): void {
    this.#rows.close();
  }
}
