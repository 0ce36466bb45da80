import { closeSync, constants, openSync, writeSync } from 'node:fs';

declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => { buffer: ArrayBuffer };
};

/** Where a direct write begins in the file and in memory, and how long it is: multiples of this (open(2), O_DIRECT) suit every disk. */
export const BLOCK = 4096;

/** In pages of 64 KiB: 1 MiB. */
const MEMORY = { initial: 16, maximum: 16 };

/** One for a thread. */
let aligned: Buffer | null = null;

/**
 * Writes into a file past the system's page cache. What comes in by the megabyte is not read again soon: it need not push out
 * what is, and finding so many pages for it costs a retrieval a fifth of its processor time where memory is a virtual machine's.
 */
export class DirectWriter {
  readonly #file: number;
  readonly #memory: Buffer;

  private constructor(file: number, memory: Buffer) {
    this.#file = file;
    this.#memory = memory;
  }

  /** Null where the system or the file system has no such way. `memory`: where pieces are put together. */
  static open(path: string, memory = findAligned()): DirectWriter | null {
    // Neither macOS nor Windows has it.
    if (constants.O_DIRECT === undefined) return null;
    try {
      return new DirectWriter(openSync(path, constants.O_WRONLY | constants.O_DIRECT), memory);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  /**
   * The pieces one behind the other from `start` on, a multiple of BLOCK, and zeros up to the next one; where that is. Null when the
   * file system refuses this after all: what stands there then is to be written over.
   */
  write(pieces: readonly Uint8Array[], start: number): number | null {
    try {
      let at = start;
      let used = 0;
      for (const piece of pieces) {
        for (let from = 0; from < piece.length;) {
          const part = piece.subarray(from, from + this.#memory.length - used);
          // `fill`: `set` copies word by word where memory is shared.
          this.#memory.fill(part, used, used + part.length);
          used += part.length;
          from += part.length;
          if (used < this.#memory.length) continue;
          at = this.#writeBlocks(used, at);
          used = 0;
        }
      }
      const end = Math.ceil(used / BLOCK) * BLOCK;
      if (end > used) this.#memory.fill(0, used, end);
      return this.#writeBlocks(end, at);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #writeBlocks(length: number, at: number): number {
    for (let done = 0; done < length;)
      done += writeSync(this.#file, this.#memory, done, length - done, at + done);
    return at + length;
  }
}

/** The file system, or the disk under it, takes no direct writes, or not such. */
function isRefusal(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EINVAL' || code === 'ENOTSUP';
}

/** WebAssembly's memory, alone among what a script can have, begins at the begin of a page. */
function findAligned(): Buffer {
  aligned ??= Buffer.from(new WebAssembly.Memory(MEMORY).buffer);
  return aligned;
}
