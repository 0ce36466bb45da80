const DOT = 0x2e;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Message bytes as DATA carries them (RFC 5321 4.5.2): a dot at the beginning of a line is doubled. Copies nothing
 * where there is none, and doubles it behind a bare LF too: some hosts take that for the end of a line.
 */
export class DotStuffer {
  /** Whether the next byte begins a line. */
  #atLineStart = true;
  #last = 0;
  #beforeLast = 0;

  /** The pieces to be written for this chunk, in order. */
  push(chunk: Buffer): Buffer[] {
    if (chunk.length === 0) return [];
    const pieces: Buffer[] = [];
    let begin = 0;
    // The piece up to and with the dot; the next begins with the same dot once more.
    if (this.#atLineStart && chunk[0] === DOT) {
      pieces.push(chunk.subarray(0, 1));
    }
    for (let at = chunk.indexOf('\n.'); at !== -1; at = chunk.indexOf('\n.', at + 2)) {
      pieces.push(chunk.subarray(begin, at + 2));
      begin = at + 1;
    }
    pieces.push(chunk.subarray(begin));
    this.#beforeLast = chunk.length > 1 ? (chunk.at(-2) ?? 0) : this.#last;
    this.#last = chunk.at(-1) ?? 0;
    this.#atLineStart = this.#last === LF;
    return pieces;
  }

  /** The end of the data; the CRLF before the dot is the message's own where it ends with one. */
  end(): string {
    return this.#last === LF && this.#beforeLast === CR ? '.\r\n' : '\r\n.\r\n';
  }
}
