import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './blob-folder.ts';
import type { BlobRow, BlobRows } from './blob-row-store.ts';
import { CHUNK_SIZE, LARGEST_CHUNK, makeChunk } from './pack-chunk.ts';
import { packPath, type Place } from './pack-reader.ts';

/** A pack is written to until it has this size. */
export const PACK_SIZE = 64 << 20;

/** A blob that is written to a pack. */
export type PackedBlob = BlobRow & { place: Place };

/**
 * Appends small blobs to the pack of one thread: one write for a chunk of them, one sync for a whole batch, where rows with
 * their bytes would be written twice and page by page. What was written but not kept, and what a crash left behind the
 * last kept chunk, is nobody's: rows name every byte that counts.
 */
export class PackWriter {
  readonly #folder: string;
  readonly #begin: () => number;
  readonly #chunk = Buffer.allocUnsafeSlow(LARGEST_CHUNK);
  #used = 0;
  #inChunk: { id: string; size: number; inside: number }[] = [];
  #written: PackedBlob[] = [];
  #file: { number: number; pack: number } | null = null;
  /** Where the next chunk goes, and where it goes when this batch fails. */
  #at = 0;
  #kept = 0;

  /** `begin` gives the number of a new pack. */
  constructor(folder: string, begin: () => number) {
    this.#folder = folder;
    this.#begin = begin;
  }

  add(id: string, bytes: Uint8Array): void {
    this.#chunk.set(bytes, this.#used);
    this.#inChunk.push({ id, size: bytes.length, inside: this.#used });
    this.#used += bytes.length;
    if (this.#used >= CHUNK_SIZE) this.#writeChunk();
  }

  /** Everything added since the last `keep` or `undo` is durable. */
  finish(): PackedBlob[] {
    if (this.#inChunk.length > 0) this.#writeChunk();
    if (this.#file !== null && this.#at > this.#kept) fdatasyncSync(this.#file.number);
    return this.#written;
  }

  /** In the transaction of the rows: how much is in the pack now, and whether it is the last time. */
  count(written: readonly PackedBlob[], rows: BlobRows): void {
    if (this.#file === null || written.length === 0) return;
    const bytes = written.reduce((sum, { size }) => sum + size, 0);
    rows.growPack(this.#file.pack, bytes, !this.#isFull);
  }

  /** The rows are committed. */
  keep(): void {
    this.#written = [];
    this.#kept = this.#at;
    if (this.#isFull) this.close();
  }

  /** The batch failed: its bytes are written over. */
  undo(): void {
    this.#written = [];
    this.#inChunk = [];
    this.#used = 0;
    this.#at = this.#kept;
  }

  /** The next batch will begin another pack. */
  get #isFull(): boolean {
    return this.#at >= PACK_SIZE;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file.number);
    this.#file = null;
  }

  #writeChunk(): void {
    const { number, pack } = (this.#file ??= this.#open());
    const bytes = makeChunk(this.#chunk.subarray(0, this.#used));
    for (let done = 0; done < bytes.length;) {
      done += writeSync(number, bytes, done, bytes.length - done, this.#at + done);
    }
    const at = this.#at;
    for (const { id, size, inside } of this.#inChunk) {
      this.#written.push({ id, size, place: { pack, at, length: bytes.length, inside }, frames: null });
    }
    this.#inChunk = [];
    this.#used = 0;
    this.#at += bytes.length;
  }

  #open(): { number: number; pack: number } {
    const pack = this.#begin();
    const path = packPath(this.#folder, pack);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const number = openSync(path, 'wx', 0o600);
    syncFolder(dirname(path));
    this.#at = this.#kept = 0;
    return { number, pack };
  }
}
