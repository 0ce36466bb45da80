import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { BLOB_KIND, BlobRows } from './blob-row-store.ts';
import { BlobFileWriter, blobPath, prepareFolder } from './blob-folder.ts';
import { FRAME_SIZE, packFrames } from './blob-frames.ts';
import type { StoredBlob } from './blob-store.ts';

/** Larger blobs are files of their own (DESIGN 7). */
export const SMALL_BLOB = 256 * 1024;

/** Where blobs are written, synchronously, in the worker's thread. All calls but the constructor stand in `transact`. */
export class BlobShelf {
  readonly #key: Uint8Array;
  readonly #folder: string;
  readonly #rows: BlobRows;

  constructor(dataDir: string, key: Uint8Array) {
    this.#key = key;
    this.#folder = join(dataDir, 'blobs');
    prepareFolder(this.#folder);
    this.#rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'write');
  }

  transact<T>(work: () => T): T {
    return this.#rows.transact(work);
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
    const packed = bytes.length < 64 ? bytes : zstdCompressSync(bytes);
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
