const LF = 10;
const QUOTE = 0x3e;
const FROM = Buffer.from('From ');

/** Whether `>`s and then `From ` stand at `at`; -1 when not, else how many `>`. */
function countQuotes(bytes: Buffer, at: number): number {
  let quotes = 0;
  while (bytes[at + quotes] === QUOTE) quotes += 1;
  const begin = at + quotes;
  return bytes.subarray(begin, begin + FROM.length).equals(FROM) ? quotes : -1;
}

/**
 * mboxrd: every line of `>`s and `From ` gets one `>` more, or with `remove` one less, so that it comes back byte by
 * byte. Pieces may be cut anywhere; what cannot be decided yet is held back until the next one.
 */
export class FromQuoter {
  readonly #remove: boolean;
  #held = Buffer.alloc(0);
  #atLineStart = true;

  constructor(remove: boolean) {
    this.#remove = remove;
  }

  push(piece: Buffer): Buffer {
    return this.#run(this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]), false);
  }

  end(): Buffer {
    return this.#run(this.#held, true);
  }

  #run(bytes: Buffer, last: boolean): Buffer {
    const out: Buffer[] = [];
    let done = 0;
    let line = this.#atLineStart ? 0 : nextLine(bytes, 0);
    while (line !== -1 && line < bytes.length) {
      if (!last && isUndecided(bytes, line)) break;
      const quotes = countQuotes(bytes, line);
      if (quotes >= 0 && !this.#remove) {
        out.push(bytes.subarray(done, line), Buffer.from('>'));
        done = line;
      } else if (quotes > 0) {
        out.push(bytes.subarray(done, line));
        done = line + 1;
      }
      line = nextLine(bytes, line);
    }
    const undecided = line !== -1 && line < bytes.length;
    const cut = undecided ? line : bytes.length;
    out.push(bytes.subarray(done, cut));
    this.#held = Buffer.from(bytes.subarray(cut));
    if (bytes.length > 0) this.#atLineStart = undecided || bytes[bytes.length - 1] === LF;
    return out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out);
  }
}

/** Where the line behind the one at `at` begins; -1 when it has no end yet. */
function nextLine(bytes: Buffer, at: number): number {
  const newline = bytes.indexOf(LF, at);
  return newline === -1 ? -1 : newline + 1;
}

/** Whether what is there of a line could still become a From line. */
function isUndecided(bytes: Buffer, line: number): boolean {
  let at = line;
  while (bytes[at] === QUOTE) at += 1;
  const rest = bytes.subarray(at, at + FROM.length);
  return rest.length < FROM.length && rest.equals(FROM.subarray(0, rest.length));
}
