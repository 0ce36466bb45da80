import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { StoredBlob } from './blob-store.ts';
import { FRAME_SIZE, compressFrame } from './blob-frames.ts';

export function blobPath(folder: string, id: string): string {
  return join(folder, id.slice(0, 2), id);
}

/** Makes the folder and takes away what an earlier process left half-written. */
export function prepareFolder(folder: string): void {
  mkdirSync(join(folder, 'incoming'), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(join(folder, 'incoming'))) rmSync(join(folder, 'incoming', name));
}

/** One large blob on its way into a file: durable under its final name when `finish` returns. Synchronous: for the worker. */
export class BlobFileWriter {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #file: number;
  readonly #hash;
  readonly #frames: number[] = [];
  #open = true;
  #size = 0;
  #waiting: Buffer = Buffer.alloc(0);

  constructor(folder: string, key: Uint8Array) {
    this.#folder = folder;
    this.#temporary = join(folder, 'incoming', randomBytes(12).toString('hex'));
    this.#hash = createHmac('sha256', key);
    this.#file = openSync(this.#temporary, 'wx', 0o600);
  }

  push(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#size += bytes.length;
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    while (this.#waiting.length >= FRAME_SIZE) this.#writeFrame(FRAME_SIZE);
  }

  finish(): StoredBlob & { frames: number[] } {
    if (this.#waiting.length > 0) this.#writeFrame(this.#waiting.length);
    fsyncSync(this.#file);
    this.#close();
    const id = this.#hash.digest('base64url');
    const path = blobPath(this.#folder, id);
    const folder = join(path, '..');
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(this.#folder);
    renameSync(this.#temporary, path);
    syncFolder(folder);
    return { id, size: this.#size, frames: this.#frames };
  }

  /** After an error: leaves nothing behind. */
  discard(): void {
    this.#close();
    rmSync(this.#temporary, { force: true });
  }

  #close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #writeFrame(length: number): void {
    const frame = compressFrame(this.#waiting.subarray(0, length));
    for (let done = 0; done < frame.length;) done += writeSync(this.#file, frame, done);
    this.#frames.push(frame.length);
    this.#waiting = this.#waiting.subarray(length);
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
