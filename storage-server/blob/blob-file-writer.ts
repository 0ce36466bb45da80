import { createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blobPath } from './blob-folder.ts';
import { FRAME_SIZE, makeFrame } from './blob-frames.ts';
import type { StoredBlob } from './blob-store.ts';

/** One large blob on its way into a file: `finish`, `sync`, `place`, and a sync of its folder make it durable. Synchronous: for the worker. */
export class BlobFileWriter {
  readonly #folder: string;
  #id = '';
  readonly #temporary: string;
  readonly #file: number;
  readonly #hash;
  readonly #frames: number[] = [];
  #open = true;
  #size = 0;
  #waiting: Buffer = Buffer.alloc(0);

  constructor(folder: string, key: KeyObject) {
    this.#folder = folder;
    this.#temporary = join(folder, 'incoming', randomBytes(12).toString('hex'));
    this.#hash = createHmac('sha256', key);
    this.#file = openSync(this.#temporary, 'wx', 0o600);
  }

  /** Pieces of whole frames are not copied; `bytes` may be used for something else afterwards. */
  push(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    const all = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    let at = 0;
    for (; all.length - at >= FRAME_SIZE; at += FRAME_SIZE)
      this.#writeFrame(all.subarray(at, at + FRAME_SIZE));
    this.#waiting = Buffer.from(all.subarray(at));
  }

  /** All bytes are written, nothing is synced. */
  finish(): StoredBlob & { frames: number[] } {
    if (this.#waiting.length > 0) this.#writeFrame(this.#waiting);
    this.#id = this.#hash.digest('base64url');
    return { id: this.#id, size: this.#size, frames: this.#frames };
  }

  /** Before `place`: the name may stand for a durable file already, which must not be replaced by less. */
  sync(): void {
    fsyncSync(this.#file);
    this.#close();
  }

  /** Gives it its name; returns the folder that has to be synced. */
  place(): string {
    const path = blobPath(this.#folder, this.#id);
    renameSync(this.#temporary, path);
    return dirname(path);
  }

  /** Ends it, placed or not; what was not placed is removed. */
  discard(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #writeFrame(bytes: Buffer): void {
    let length = 0;
    for (const piece of makeFrame(bytes)) {
      for (let done = 0; done < piece.length;) done += writeSync(this.#file, piece, done);
      length += piece.length;
    }
    this.#frames.push(length);
  }
}
