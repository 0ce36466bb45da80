import { joinBytes } from './join-bytes.ts';

type Bytes = Uint8Array;

/** Pieces that come as they like, read as the reader likes: never more than one of them is held. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Bytes>;
  #rest: Bytes = new Uint8Array(0);
  #ended = false;

  constructor(pieces: AsyncIterable<Bytes>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next piece as it came, or what is left of one; null at the end. */
  async next(): Promise<Bytes | null> {
    while (this.#rest.length === 0 && !this.#ended) {
      const { done, value } = await this.#pieces.next();
      if (done === true) this.#ended = true;
      else this.#rest = value;
    }
    if (this.#rest.length === 0) return null;
    const piece = this.#rest;
    this.#rest = new Uint8Array(0);
    return piece;
  }

  /** Puts back what was read too much. */
  unread(bytes: Bytes): void {
    if (this.#rest.length === 0) this.#rest = bytes;
    else this.#rest = joinBytes([bytes, this.#rest]);
  }

  /** The next `length` bytes, fewer only at the end. */
  async read(length: number): Promise<Bytes> {
    const parts: Bytes[] = [];
    let size = 0;
    while (size < length) {
      const piece = await this.next();
      if (piece === null) break;
      const used = piece.subarray(0, length - size);
      if (used.length < piece.length) this.unread(piece.subarray(used.length));
      parts.push(used);
      size += used.length;
    }
    return parts.length === 1 ? (parts[0] as Bytes) : joinBytes(parts);
  }

  /** What comes next, without taking it. */
  async peek(length: number): Promise<Bytes> {
    const bytes = await this.read(length);
    this.unread(bytes);
    return bytes;
  }

  /** The next `length` bytes in pieces; it ends early only where the source does. */
  async *take(length: number): AsyncGenerator<Bytes, void, undefined> {
    let left = length;
    while (left > 0) {
      const piece = await this.next();
      if (piece === null) return;
      const used = piece.subarray(0, left);
      if (used.length < piece.length) this.unread(piece.subarray(used.length));
      left -= used.length;
      yield used;
    }
  }

  /** All that is left. */
  async *rest(): AsyncGenerator<Bytes, void, undefined> {
    for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece;
  }
}
