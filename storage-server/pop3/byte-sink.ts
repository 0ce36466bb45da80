import { MailError } from '../../common/errors.ts';
import type { BodySink } from './wire.ts';

/** Collects a listing in memory; beyond `limit` bytes it keeps nothing and remembers that. */
export class ByteSink implements BodySink {
  readonly busy = null;
  readonly most: number;
  readonly #limit: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.most = 4 * limit;
  }

  take(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size <= this.#limit) this.#parts.push(Buffer.from(bytes));
    else this.#parts = [];
  }

  /** All of it; `protocol` with reason `list-too-long` beyond the limit. */
  finish(): Buffer {
    if (this.#size > this.#limit) {
      throw new MailError('protocol', 'the listing is too long', { reason: 'list-too-long' });
    }
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
  }
}
