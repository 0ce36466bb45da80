const CR = 13;
const LF = 10;
const DOT = 46;
const LINE_WITH_DOT = Buffer.from('\r\n.');
const HELD_CR = Buffer.from('\r');

/** How much of CRLF "." CRLF the bytes so far end with. */
const MIDDLE = 0;
const AFTER_CR = 1;
const LINE_START = 2;
const AFTER_DOT = 3;
const AFTER_DOT_CR = 4;

/**
 * Takes the dots off a multi-line response (RFC 1939 section 3) and finds its end, wherever TCP cut it.
 * Only CRLF ends a line: a mail that holds LF "." CRLF must not be able to end its own response and speak in the server's name.
 */
export class DotReader {
  #state = LINE_START;

  /** Hands the content of `chunk` from `at` on to `take`, without copying; returns the position after the terminator, -1 while there is none. */
  feed(chunk: Buffer, at: number, take: (bytes: Buffer) => void): number {
    let start = at;
    let position = at;
    while (position < chunk.length) {
      if (this.#state === MIDDLE) {
        const hit = chunk.indexOf(LINE_WITH_DOT, position);
        if (hit === -1) {
          this.#state = stateAtEnd(chunk, position);
          break;
        }
        give(chunk, start, hit + 2, take);
        this.#state = AFTER_DOT;
        start = position = hit + 3;
        continue;
      }
      const byte = chunk[position]!;
      position++;
      if (this.#state === AFTER_DOT_CR) {
        if (byte === LF) {
          this.#state = LINE_START;
          return position;
        }
        take(HELD_CR);
        start = position - 1;
        this.#state = byte === CR ? AFTER_CR : MIDDLE;
      } else if (this.#state === AFTER_DOT) {
        start = byte === CR ? position : position - 1;
        this.#state = byte === CR ? AFTER_DOT_CR : MIDDLE;
      } else if (this.#state === LINE_START && byte === DOT) {
        give(chunk, start, position - 1, take);
        start = position;
        this.#state = AFTER_DOT;
      } else if (this.#state === AFTER_CR && byte === LF) {
        this.#state = LINE_START;
      } else {
        this.#state = byte === CR ? AFTER_CR : MIDDLE;
      }
    }
    give(chunk, start, chunk.length, take);
    return -1;
  }
}

function give(chunk: Buffer, from: number, to: number, take: (bytes: Buffer) => void): void {
  if (to > from) take(chunk.subarray(from, to));
}

function stateAtEnd(chunk: Buffer, from: number): number {
  const last = chunk.length - 1;
  if (chunk[last] === CR) return AFTER_CR;
  return chunk[last] === LF && last > from && chunk[last - 1] === CR ? LINE_START : MIDDLE;
}
