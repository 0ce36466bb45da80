import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { Limits } from './limits.ts';
import { giveBack, type ReceiveMemory } from './receive-memory.ts';
import type { BodySink } from './wire.ts';

/** A message as received, byte by byte: small ones in memory, large ones in a file (mode 0600). It belongs to the taker until `releaseSource`. */
export type Source = Buffer | { path: string; size: number };

export function sizeOf(source: Source): number {
  return Buffer.isBuffer(source) ? source.length : source.size;
}

/** SHA-256 of all its bytes, in base64url. */
export async function hashSource(source: Source): Promise<string> {
  const hash = createHash('sha256');
  if (Buffer.isBuffer(source)) hash.update(source);
  else for await (const chunk of createReadStream(source.path)) hash.update(chunk as Buffer);
  return hash.digest('base64url');
}

/** Removes the file, or lets the memory be used again: nobody may read the message any more. */
export async function releaseSource(source: Source): Promise<void> {
  if (Buffer.isBuffer(source)) giveBack(source);
  else await rm(source.path, { force: true });
}

/** Collects one message; beyond `limits.memory` it goes to a file, beyond `limits.message` it is let pass. Trouble is told by `finish`. */
export class MessageSink implements BodySink {
  size = 0;
  readonly #limits: Limits;
  readonly #spoolDir: string;
  readonly #memory: ReceiveMemory;
  #piece: Buffer | null = null;
  /** The last write begun; writes follow one another. */
  #writing: Promise<void> | null = null;
  #writes = 0;
  #path: string | null = null;
  #file: FileHandle | null = null;
  #error: MailError | null = null;
  #discarded = false;

  constructor(limits: Limits, spoolDir: string, memory: ReceiveMemory) {
    this.#limits = limits;
    this.#spoolDir = spoolDir;
    this.#memory = memory;
  }

  /** While one piece is written the next one may come in, not more. */
  get busy(): Promise<void> | null {
    return this.#writes > 1 ? this.#writing : null;
  }

  take(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.#error !== null || this.#discarded) return;
    if (this.size > this.#limits.message) {
      this.#error = new MailError('too-large', 'the message is too large', {
        reason: 'message-there',
        temporary: false,
      });
      this.#drop();
      return;
    }
    this.#piece = this.#memory.append(this.#piece, bytes);
    if (this.#piece.length > this.#limits.memory) this.#flush();
  }

  #drop(): void {
    if (this.#piece !== null) giveBack(this.#piece);
    this.#piece = null;
  }

  #flush(): void {
    const piece = this.#piece;
    if (piece === null) return;
    this.#piece = null;
    this.#writes += 1;
    this.#writing = this.#writeAfter(this.#writing, piece).finally(() => {
      this.#writes -= 1;
      giveBack(piece);
    });
  }

  async #writeAfter(earlier: Promise<void> | null, piece: Buffer): Promise<void> {
    await earlier;
    if (this.#error !== null || this.#discarded) return;
    try {
      if (this.#file === null) {
        this.#path = join(this.#spoolDir, `${randomUUID()}.mail`);
        this.#file = await open(this.#path, 'wx', 0o600);
      }
      for (let done = 0; done < piece.length;) done += (await this.#file.write(piece, done)).bytesWritten;
    } catch (error) {
      this.#error = explainFileError(error);
    }
  }

  /** The whole message, after the terminator. Throws `disk-full`, `too-large` or `internal`; then no file is left. */
  async finish(): Promise<Source> {
    if (this.#writing === null && this.#error === null) return this.#piece ?? Buffer.alloc(0);
    this.#flush();
    await this.#writing;
    if (this.#error === null && this.#path !== null) {
      await this.#file!.close();
      return { path: this.#path, size: this.size };
    }
    await this.discard();
    throw this.#error ?? new MailError('internal', 'no spool file');
  }

  /** Removes what was begun; what comes in afterwards is let pass. */
  async discard(): Promise<void> {
    this.#discarded = true;
    this.#drop();
    await this.#writing;
    await this.#file?.close().catch(() => undefined);
    if (this.#path !== null) await rm(this.#path, { force: true });
  }
}

function explainFileError(error: unknown): MailError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MailError('disk-full', 'the spool is full', { cause: error });
  return new MailError('internal', `the spool cannot be written: ${code}`, { cause: error });
}
