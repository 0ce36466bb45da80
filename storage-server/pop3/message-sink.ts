import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { Limits } from './limits.ts';
import type { BodySink } from './wire.ts';

/** A message as received, byte by byte: small ones in memory, large ones in a file (mode 0600) that belongs to the taker. */
export type Source = Buffer | { path: string; size: number };

export function sizeOf(source: Source): number {
  return Buffer.isBuffer(source) ? source.length : source.size;
}

/** Collects one message; beyond `limits.memory` it goes to a file, beyond `limits.message` it is let pass. Trouble is told by `finish`. */
export class MessageSink implements BodySink {
  busy: Promise<void> | null = null;
  size = 0;
  readonly #limits: Limits;
  readonly #spoolDir: string;
  #parts: Buffer[] = [];
  #pending = 0;
  #path: string | null = null;
  #file: FileHandle | null = null;
  #error: MailError | null = null;

  constructor(limits: Limits, spoolDir: string) {
    this.#limits = limits;
    this.#spoolDir = spoolDir;
  }

  take(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.#error !== null) return;
    if (this.size > this.#limits.message) {
      this.#error = new MailError('too-large', 'the message is too large', {
        reason: 'message',
        temporary: false,
      });
      this.#parts = [];
      return;
    }
    this.#parts.push(bytes);
    this.#pending += bytes.length;
    if (this.#pending > this.#limits.memory) this.#flush();
  }

  #flush(): void {
    const parts = this.#parts;
    this.#parts = [];
    this.#pending = 0;
    const run: Promise<void> = this.#writeAfter(this.busy, parts).finally(() => {
      if (this.busy === run) this.busy = null;
    });
    this.busy = run;
  }

  async #writeAfter(earlier: Promise<void> | null, parts: Buffer[]): Promise<void> {
    await earlier;
    await this.#write(parts);
  }

  async #write(parts: Buffer[]): Promise<void> {
    if (this.#error !== null) return;
    try {
      if (this.#file === null) {
        this.#path = join(this.#spoolDir, `${randomUUID()}.mail`);
        this.#file = await open(this.#path, 'wx', 0o600);
      }
      for (const part of parts) await this.#file.appendFile(part);
    } catch (error) {
      this.#error = explainFileError(error);
    }
  }

  /** The whole message, after the terminator. Throws `disk-full`, `too-large` or `internal`; then no file is left. */
  async finish(): Promise<Source> {
    if (this.#path === null && this.busy === null && this.#error === null) {
      return joinParts(this.#parts, this.size);
    }
    if (this.#parts.length > 0) this.#flush();
    await this.busy;
    if (this.#error === null && this.#path !== null) {
      await this.#file!.close();
      return { path: this.#path, size: this.size };
    }
    await this.discard();
    throw this.#error ?? new MailError('internal', 'no spool file');
  }

  /** Removes what was begun. */
  async discard(): Promise<void> {
    await this.busy;
    await this.#file?.close().catch(() => undefined);
    if (this.#path !== null) await rm(this.#path, { force: true });
  }
}

const BLOCK = 1 << 20;
let block = Buffer.alloc(0);

/** Copied out of the network's buffers, which are far larger than most messages. Small messages share a block: thousands of them in memory of their own keep the collector busy. */
function joinParts(parts: Buffer[], size: number): Buffer {
  const whole = size > BLOCK / 8 ? Buffer.allocUnsafeSlow(size) : cutFromBlock(size);
  let at = 0;
  for (const part of parts) at += part.copy(whole, at);
  return whole;
}

function cutFromBlock(size: number): Buffer {
  if (size > block.length) block = Buffer.allocUnsafeSlow(BLOCK);
  const cut = block.subarray(0, size);
  block = block.subarray(size);
  return cut;
}

function explainFileError(error: unknown): MailError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new MailError('disk-full', 'the spool is full', { cause: error });
  return new MailError('internal', `the spool cannot be written: ${code}`, { cause: error });
}
