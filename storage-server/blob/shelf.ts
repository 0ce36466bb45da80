import { createSecretKey, type KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlobRows, type BlobRow } from './blob-row-store.ts';
import { BlobFileWriter } from './blob-file-writer.ts';
import { blobPath, syncFolder } from './blob-folder.ts';
import { FRAME_SIZE, packFrames } from './blob-frames.ts';
import { makeBlobId } from './blob-id.ts';
import type { StoredBlob } from './blob-store.ts';
import { compressPack, type RawPlace } from './compress-pack.ts';
import type { PackShelf } from './move-blobs.ts';
import { rewritePack } from './rewrite-pack.ts';
import { SMALL_BLOB } from './pack-chunk.ts';
import { ChunkForm, PackWriter, RawForm, type PackedBlob } from './pack-writer.ts';

/**
 * Writes blobs, synchronously, in a worker's thread; several may work on one data directory. `put`, `startFile` and `finishFile` belong
 * inside `transact`; everything else commits by itself.
 */
export class BlobShelf {
  readonly #key: KeyObject;
  readonly #folder: string;
  readonly #rows: BlobRows;
  /** What comes in stands here as it came. */
  readonly #received: PackWriter;
  /** What it is compressed into later, and what is written anew. */
  readonly #compressed: PackWriter;
  #written: BlobFileWriter[] = [];
  #pending: BlobRow[] = [];

  constructor(dataDir: string, key: Uint8Array) {
    this.#key = createSecretKey(key);
    this.#folder = join(dataDir, 'blobs');
    this.#rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'write');
    this.#received = new PackWriter(this.#folder, this.#rows, new RawForm());
    this.#compressed = new PackWriter(this.#folder, this.#rows, new ChunkForm());
  }

  /**
   * Everything that `work` puts is durable when this returns, or nothing of it is there; bytes that are put stay as they are until then.
   * Hashing, writing and syncing files go before the lock, so that several threads can do them at once.
   */
  transact<T>(work: () => T): T {
    try {
      const value = work();
      const packed = this.#received.finish();
      for (const writer of this.#written) writer.sync();
      if (this.#pending.length + packed.length > 0) this.#rows.transact(() => this.#commit(packed));
      this.#received.keep();
      return value;
    } catch (error) {
      this.#received.undo();
      throw error;
    } finally {
      this.#pending = [];
      for (const writer of this.#written.splice(0)) writer.discard();
    }
  }

  /** Under the lock: a file gets its name and its row together, and `deleteOld` cannot come between. */
  #commit(packed: readonly PackedBlob[]): void {
    const folders = new Set(this.#written.map((writer) => writer.place()));
    for (const folder of folders) syncFolder(folder);
    const now = Date.now();
    for (const row of this.#pending) this.#rows.insert(row, now);
    for (const row of packed) this.#rows.insert(row, now);
    this.#received.count(packed, this.#rows);
  }

  /** Takes the same path whether it is new or known. */
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
    const id = makeBlobId(this.#key, bytes);
    this.#received.add(id, bytes);
    return { id, size: bytes.length };
  }

  startFile(): BlobFileWriter {
    return new BlobFileWriter(this.#folder, this.#key);
  }

  finishFile(writer: BlobFileWriter): StoredBlob {
    const { id, size, frames } = writer.finish();
    this.#written.push(writer);
    this.#pending.push({ id, size, place: null, frames: packFrames(frames) });
    return { id, size };
  }

  listOld(before: number, after: number, limit: number): { row: number; id: string }[] {
    return this.#rows.listOld(before, after, limit);
  }

  deleteOld(ids: readonly string[], before: number): number {
    return ids.filter((id) =>
      this.#rows.transact(() => {
        const row = this.#rows.deleteOld(id, before);
        if (row !== null && row.frames !== null) rmSync(blobPath(this.#folder, id), { force: true });
        return row !== null;
      }),
    ).length;
  }

  /** See rewritePack. */
  rewritePack(after: number, worth: number): number | null {
    return rewritePack(this.#describe(), after, worth);
  }

  /** What this thread received so far can be compressed: the next bytes go into another pack. */
  leavePack(): void {
    const pack = this.#received.leave();
    if (pack !== null) this.#rows.closePack(pack);
  }

  /** See compressPack. */
  compressPack(from: RawPlace): RawPlace | null {
    return compressPack(this.#describe(), from);
  }

  #describe(): PackShelf {
    return { rows: this.#rows, packs: this.#compressed, folder: this.#folder, key: this.#key };
  }

  close(): void {
    this.#received.close();
    this.#compressed.close();
    this.#rows.close();
  }
}
