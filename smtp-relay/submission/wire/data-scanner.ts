import { isAscii } from 'node:buffer';

/** What a message may not contain (RFC 5321 2.3.8, 4.5.3.1.6; bare ends of line let mails be smuggled into others). */
export type LineProblem = 'bare-cr' | 'bare-lf' | 'nul' | 'long-line';

/** Longest line without its CRLF, and without the dot that transparency put before it. */
const MAX_LINE = 998;
const LF = 0x0a;
const CR = 0x0d;
const DOT = 0x2e;
/** What is kept of a line that is refused already: not a dot alone, and whether a CR came last. */
const REFUSED_LINE = Buffer.from('x');
const REFUSED_LINE_CR = Buffer.from('x\r');

/**
 * Reads what follows DATA (RFC 5321 4.5.2) in whatever pieces it comes: takes out the dots of transparency, looks for what
 * no mail may hold, and finds the end, which is CRLF.CRLF and no other form of it, in refused mails too. Searches are
 * the engine's own, a line at a time: a loop over bytes takes four times as long.
 */
export class DataScanner {
  /** The first that was found; from then on nothing is emitted. */
  problem: LineProblem | null = null;
  /** Whether a byte over 127 was emitted. */
  eightBit = false;
  readonly #emit: (piece: Buffer) => void;
  /** A line whose end is to come, as it came. */
  #begun: Buffer | null = null;

  constructor(emit: (piece: Buffer) => void) {
    this.#emit = emit;
  }

  /**
   * Takes `chunk` from `start` on; returns the position behind the final dot's line, or -1 while that is to come. The bytes
   * are the scanner's: it closes the gaps that dots leave in place.
   */
  push(chunk: Buffer, start: number): number {
    let from = start;
    while (this.#begun !== null && from < chunk.length) {
      const lf = chunk.indexOf(LF, from);
      const end = lf === -1 ? chunk.length : lf + 1;
      const line = Buffer.concat([this.#begun, chunk.subarray(from, end)]);
      this.#begun = null;
      if (this.#scan(line, 0) !== -1) return end;
      from = end;
    }
    return from < chunk.length ? this.#scan(chunk, from) : -1;
  }

  #scan(bytes: Buffer, start: number): number {
    const lines = { bytes, start, kept: start, out: start };
    let line = start;
    let from = start;
    for (;;) {
      const lf = bytes.indexOf(LF, from);
      if (lf === -1) break;
      from = lf + 1;
      if (lf === line || bytes[lf - 1] !== CR) {
        // No end of line: it goes on behind it.
        this.problem ??= 'bare-lf';
        continue;
      }
      const length = lf - 1 - line;
      const dotted = bytes[line] === DOT;
      if (dotted && length === 1) {
        this.#flush(lines, line);
        return from;
      }
      if (dotted) dropByte(lines, line);
      if (this.problem === null && bytes.indexOf(CR, line) !== lf - 1) this.problem = 'bare-cr';
      if (length - (dotted ? 1 : 0) > MAX_LINE) this.problem ??= 'long-line';
      line = from;
    }
    this.#flush(lines, line);
    this.#begin(bytes, line);
    return -1;
  }

  /** Emits whole lines: all before `end`. */
  #flush(lines: Lines, end: number): void {
    moveKept(lines, end);
    const { bytes, start, out } = lines;
    if (this.problem !== null || out === start) return;
    const piece = bytes.subarray(start, out);
    if (piece.includes(0)) {
      this.problem = 'nul';
      return;
    }
    this.eightBit ||= !isAscii(piece);
    this.#emit(piece);
  }

  #begin(bytes: Buffer, line: number): void {
    const length = bytes.length - line;
    if (length === 0) return;
    // With its dot and CR.
    if (length > MAX_LINE + 2) this.problem ??= 'long-line';
    if (this.problem === null || length <= 2) this.#begun = bytes.subarray(line);
    else this.#begun = bytes.at(-1) === CR ? REFUSED_LINE_CR : REFUSED_LINE;
  }
}

/** Bytes being gone through: those before `out` are done, those from `kept` on still have to move there. */
interface Lines {
  bytes: Buffer;
  start: number;
  kept: number;
  out: number;
}

function moveKept(lines: Lines, end: number): void {
  const { bytes, kept, out } = lines;
  if (out !== kept) bytes.copyWithin(out, kept, end);
  lines.out = out + end - kept;
  lines.kept = end;
}

function dropByte(lines: Lines, at: number): void {
  moveKept(lines, at);
  lines.kept = at + 1;
}
