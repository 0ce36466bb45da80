import { closeSync, fdatasyncSync, mkdirSync, openSync, writevSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './blob-folder.ts';
import { BLOCK, DirectWriter } from './direct-writer.ts';
import { packPath } from './pack-reader.ts';

/** A pack is written to until it has this size. */
export const PACK_SIZE = 64 << 20;

/** So many bytes together are an import, which is read later; a single new mail is filed, indexed and looked at next. */
const MANY = 1 << 20;

interface OpenPack {
  number: number;
  pack: number;
  /** Undefined: not asked yet; null: not here. */
  direct?: DirectWriter | null;
}

/** The pack that one thread appends to. What was written but not kept is written over, and what a crash left of it is nobody's: rows name every byte that counts. */
export class PackFile {
  readonly #folder: string;
  readonly #begin: () => number;
  readonly #openDirect: (path: string) => DirectWriter | null;
  #file: OpenPack | null = null;
  /** Where the next bytes go, and where they go when this batch fails. */
  #at = 0;
  #kept = 0;

  /** `begin` gives the number of a new pack. */
  constructor(
    folder: string,
    begin: () => number,
    openDirect: (path: string) => DirectWriter | null = (path) => DirectWriter.open(path),
  ) {
    this.#folder = folder;
    this.#begin = begin;
    this.#openDirect = openDirect;
  }

  /** Null before the first `append` and after `close`. */
  get pack(): number | null {
    return this.#file?.pack ?? null;
  }

  /** Writes the pieces one behind the other; where they begin. */
  append(pieces: readonly Uint8Array[]): { pack: number; at: number } {
    const file = (this.#file ??= this.#open());
    const { pack } = file;
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    const at = size < MANY ? null : this.#appendDirect(file, pieces);
    return { pack, at: at ?? this.#appendCached(file, pieces) };
  }

  /** Null where that cannot be. */
  #appendDirect(file: OpenPack, pieces: readonly Uint8Array[]): number | null {
    if (file.direct === undefined) file.direct = this.#openDirect(packPath(this.#folder, file.pack));
    const at = Math.ceil(this.#at / BLOCK) * BLOCK;
    const end = file.direct?.write(pieces, at) ?? null;
    if (end === null) {
      file.direct?.close();
      file.direct = null;
      return null;
    }
    this.#at = end;
    return at;
  }

  #appendCached({ number }: OpenPack, pieces: readonly Uint8Array[]): number {
    const at = this.#at;
    let rest = pieces.filter((piece) => piece.length > 0);
    while (rest.length > 0) {
      let written = writevSync(number, rest.slice(0, MOST_PIECES), this.#at);
      this.#at += written;
      let whole = 0;
      while (whole < rest.length && written >= rest[whole]!.length) written -= rest[whole++]!.length;
      rest = rest.slice(whole);
      if (written > 0) rest[0] = rest[0]!.subarray(written);
    }
    return at;
  }

  /** All that was appended is on the disk. */
  sync(): void {
    if (this.#file !== null && this.#at > this.#kept) fdatasyncSync(this.#file.number);
  }

  keep(): void {
    this.#kept = this.#at;
  }

  undo(): void {
    this.#at = this.#kept;
  }

  get isFull(): boolean {
    return this.#at >= PACK_SIZE;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file.number);
    this.#file?.direct?.close();
    this.#file = null;
  }

  #open(): OpenPack {
    const pack = this.#begin();
    const path = packPath(this.#folder, pack);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const number = openSync(path, 'wx', 0o600);
    syncFolder(dirname(path));
    this.#at = this.#kept = 0;
    return { number, pack };
  }
}

/** The system takes so many in one call (IOV_MAX). */
const MOST_PIECES = 1024;
