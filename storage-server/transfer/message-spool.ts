import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import { toDiskError } from '../draft/disk-error.ts';
import type { BlobSource } from '../blob/blob-store.ts';

/** Messages above this go to a file while they come in; the largest one that is taken. */
const MEMORY = 1 << 20;
const LARGEST_MESSAGE = 256 << 20;

/** Where messages of imports wait until they are stored; emptied at the start, since nobody reads them then. */
export interface SpoolPlace {
  dir: string;
}

export async function makeSpoolPlace(dataDir: string, folder = 'importing'): Promise<SpoolPlace> {
  const dir = join(dataDir, folder);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return { dir };
}

/** Collects one message of any size in constant memory. */
export class MessageSpool {
  size = 0;
  readonly #place: SpoolPlace;
  #pieces: Buffer[] = [];
  #waiting = 0;
  #file: FileHandle | null = null;
  #path = '';

  constructor(place: SpoolPlace) {
    this.#place = place;
  }

  /** `bytes` must not change afterwards; beyond the largest size they are counted only. `settle` before many more. */
  add(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.size > LARGEST_MESSAGE) return;
    this.#pieces.push(bytes);
    this.#waiting += bytes.length;
  }

  /** Writes out what is too much for memory. MailError `disk-full`. */
  async settle(): Promise<void> {
    if (this.#waiting > MEMORY) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#waiting = 0;
    try {
      if (this.#file === null) {
        this.#path = join(this.#place.dir, `${randomUUID()}.mail`);
        this.#file = await open(this.#path, 'wx', 0o600);
      }
      for (let done = 0; done < bytes.length;) done += (await this.#file.write(bytes, done)).bytesWritten;
    } catch (error) {
      await this.discard();
      throw toDiskError(error) ?? error;
    }
  }

  /** The message, which belongs to the caller from now on (`dropMessage`). MailError `too-large`. */
  async finish(): Promise<BlobSource> {
    if (this.size > LARGEST_MESSAGE) {
      await this.discard();
      throw new MailError('too-large', 'the message is too large', {
        reason: 'import-message',
        params: { limit: LARGEST_MESSAGE },
      });
    }
    if (this.#file === null) return Buffer.concat(this.#pieces);
    if (this.#pieces.length > 0) await this.#flush();
    await this.#file.close();
    this.#file = null;
    return { path: this.#path, size: this.size };
  }

  async discard(): Promise<void> {
    this.#pieces = [];
    const file = this.#file;
    this.#file = null;
    await file?.close().catch(() => undefined);
    if (file !== null) await rm(this.#path, { force: true });
  }
}

export async function dropMessage(source: BlobSource): Promise<void> {
  if ('path' in source) await rm(source.path, { force: true });
}

export async function* readMessage(source: BlobSource): AsyncGenerator<Buffer, void, undefined> {
  if ('path' in source) yield* createReadStream(source.path) as AsyncIterable<Buffer>;
  else yield Buffer.from(source.buffer, source.byteOffset, source.length);
}

export function sizeOfMessage(source: BlobSource): number {
  return 'path' in source ? source.size : source.length;
}
