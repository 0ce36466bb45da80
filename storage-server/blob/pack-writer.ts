import type { BlobRow, BlobRows } from './blob-row-store.ts';
import { CHUNK_SIZE, LARGEST_CHUNK, makeChunk } from './pack-chunk.ts';
import { PackFile } from './pack-file.ts';
import type { Place } from './pack-reader.ts';

/** A blob that is written to a pack. */
export type PackedBlob = BlobRow & { place: Place };

/** How blobs stand in a pack: as they are, or compressed in chunks. Gives the places of what it wrote. */
export interface PackForm {
  readonly raw: boolean;
  /** `bytes` stay as they are until `flush` or `clear`. */
  add(file: PackFile, id: string, bytes: Uint8Array): PackedBlob[];
  flush(file: PackFile): PackedBlob[];
  clear(): void;
}

/**
 * Appends small blobs to the pack of one thread: one sync for a whole batch, where rows with their bytes would be written twice and
 * page by page. `finish`, the rows in a transaction together with `count`, then `keep`; or `undo`.
 */
export class PackWriter {
  readonly #file: PackFile;
  readonly #form: PackForm;
  #written: PackedBlob[] = [];

  constructor(folder: string, rows: Pick<BlobRows, 'beginPack'>, form: PackForm) {
    this.#file = new PackFile(folder, () => rows.beginPack(form.raw));
    this.#form = form;
  }

  add(id: string, bytes: Uint8Array): void {
    this.#note(this.#form.add(this.#file, id, bytes));
  }

  /** Everything added since the last `keep` or `undo` is durable. */
  finish(): PackedBlob[] {
    this.#note(this.#form.flush(this.#file));
    this.#file.sync();
    return this.#written;
  }

  /** In the transaction of the rows: how much is in the pack now, and whether it is the last time. */
  count(written: readonly PackedBlob[], rows: BlobRows): void {
    if (this.#file.pack === null || written.length === 0) return;
    const bytes = written.reduce((sum, { size }) => sum + size, 0);
    rows.growPack(this.#file.pack, bytes, !this.#file.isFull);
  }

  /** The rows are committed. */
  keep(): void {
    this.#written = [];
    this.#file.keep();
    if (this.#file.isFull) this.#file.close();
  }

  /** The batch failed: its bytes are written over. */
  undo(): void {
    this.#written = [];
    this.#form.clear();
    this.#file.undo();
  }

  /** The next batch begins another pack; the number of this one, null when there is none. */
  leave(): number | null {
    const { pack } = this.#file;
    this.#file.close();
    return pack;
  }

  close(): void {
    this.#file.close();
  }

  #note(places: readonly PackedBlob[]): void {
    for (const place of places) this.#written.push(place);
  }
}

/** Many blobs in one compressed chunk. */
export class ChunkForm implements PackForm {
  readonly raw = false;
  readonly #chunk = Buffer.allocUnsafeSlow(LARGEST_CHUNK);
  #used = 0;
  #inChunk: { id: string; size: number; inside: number }[] = [];

  add(file: PackFile, id: string, bytes: Uint8Array): PackedBlob[] {
    this.#chunk.set(bytes, this.#used);
    this.#inChunk.push({ id, size: bytes.length, inside: this.#used });
    this.#used += bytes.length;
    return this.#used >= CHUNK_SIZE ? this.flush(file) : [];
  }

  flush(file: PackFile): PackedBlob[] {
    if (this.#inChunk.length === 0) return [];
    const starts = this.#inChunk.map(({ inside }) => inside);
    const bytes = makeChunk(this.#chunk.subarray(0, this.#used), starts);
    const { pack, at } = file.append([bytes]);
    const { length } = bytes;
    const written = this.#inChunk.map(({ id, size, inside }) => ({
      id,
      size,
      place: { pack, at, length, inside },
      frames: null,
    }));
    this.clear();
    return written;
  }

  clear(): void {
    this.#inChunk = [];
    this.#used = 0;
  }
}

/** Blobs one behind the other, written from where they lie: what comes in need not wait for its compression. */
export class RawForm implements PackForm {
  readonly raw = true;
  #pieces: Uint8Array[] = [];
  #added: { id: string; size: number }[] = [];
  #size = 0;

  add(file: PackFile, id: string, bytes: Uint8Array): PackedBlob[] {
    this.#added.push({ id, size: bytes.length });
    this.#size += bytes.length;
    this.#addPiece(bytes);
    return this.#size >= AT_ONCE ? this.flush(file) : [];
  }

  flush(file: PackFile): PackedBlob[] {
    if (this.#added.length === 0) return [];
    const { pack, at } = file.append(this.#pieces);
    let next = at;
    const written = this.#added.map(({ id, size }) => {
      const place = { pack, at: next, length: size, inside: null };
      next += size;
      return { id, size, place, frames: null };
    });
    this.clear();
    return written;
  }

  clear(): void {
    this.#pieces = [];
    this.#added = [];
    this.#size = 0;
  }

  /** Header and body, and mails that were received one after the other, are neighbours in memory: one piece. */
  #addPiece(bytes: Uint8Array): void {
    const last = this.#pieces.at(-1);
    if (last?.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset) {
      const length = last.length + bytes.length;
      this.#pieces[this.#pieces.length - 1] = new Uint8Array(last.buffer, last.byteOffset, length);
    } else this.#pieces.push(bytes);
  }
}

/** Bytes of one write. */
const AT_ONCE = 8 << 20;
