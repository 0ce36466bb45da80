import { type HeaderFields, parseHeaders } from './headers.ts';
import { MIME_LIMITS, type ProblemCode } from './limits.ts';
import { describePart, type PartNode } from './part.ts';

interface Level {
  node: PartNode;
  boundary: string;
  open: PartNode | null;
}

/** A delimiter line is at most this long: boundary (70 by RFC 2046, more in the wild), dashes, padding. */
const LONGEST_DELIMITER = 600;
const LF = 10;
const CR = 13;
const DASH = 45;
const LINE_WITH_DASHES = Buffer.from('\n--');

/**
 * Finds the parts of a message by its delimiter lines (RFC 2046 5.1), without decoding anything. The body may come in
 * pieces of any size; only delimiters and part headers are looked at, so it costs about a memory scan.
 */
export class StructureScanner {
  readonly root: PartNode;
  problem: ProblemCode | null;
  readonly #levels: Level[] = [];
  /** What has come and may still be needed; its first byte is at `#base` of the body. */
  #bytes: Buffer = Buffer.alloc(0);
  #base = 0;
  /** Index in `#bytes` of what is to be looked at next; in headers always the begin of a line. */
  #at = 0;
  /** `#at` is the begin of a line that has not been looked at. */
  #lineStart = true;
  /** Offset at which the headers of the part begin that are being read, null in a body. */
  #headersFrom: number | null = null;
  #parts = 0;

  constructor(headers: HeaderFields) {
    this.problem = headers.problem;
    this.root = describePart(headers, null, '');
    this.#open(this.root);
  }

  push(chunk: Buffer): void {
    if (this.#levels.length === 0) {
      this.#base += chunk.length;
      return;
    }
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    this.#scan(false);
    // The line break before a delimiter belongs to it (RFC 2046 5.1.1): two bytes back are kept.
    const needed = this.#headersFrom === null ? this.#at - 2 : this.#headersFrom - this.#base;
    const used = this.#levels.length === 0 ? this.#bytes.length : Math.max(0, needed);
    // Copied: the chunk may be used for something else, and is larger than the rest of it.
    this.#bytes = Buffer.from(this.#bytes.subarray(used));
    this.#base += used;
    this.#at -= used;
  }

  end(): PartNode {
    this.#scan(true);
    const size = this.#base + this.#bytes.length;
    while (this.#levels.length > 0) this.#closeLevel(size);
    this.root.end = size;
    if (this.root.boundary !== null && this.root.children.length === 0) this.#flatten(this.root);
    if (this.root.boundary === null) this.root.id = '1';
    return this.root;
  }

  #scan(final: boolean): void {
    let goesOn = true;
    while (goesOn && this.#levels.length > 0) {
      goesOn = this.#headersFrom === null ? this.#scanBody(final) : this.#scanHeaders(final);
    }
  }

  /** Up to the next delimiter; false when more bytes are needed. */
  #scanBody(final: boolean): boolean {
    const bytes = this.#bytes;
    if (!this.#lineStart) {
      const found = bytes.indexOf(LINE_WITH_DASHES, this.#at);
      if (found === -1) {
        // A line break at the very end may be the begin of a delimiter.
        const ending = [1, 2].find(
          (back) => bytes[bytes.length - back] === LF && bytes.length - back >= this.#at,
        );
        const begins = ending === 1 || (ending === 2 && bytes.at(-1) === DASH);
        this.#lineStart = begins;
        this.#at = begins ? bytes.length - ending + 1 : bytes.length;
        return false;
      }
      this.#at = found + 1;
    }
    this.#lineStart = true;
    const line = this.#at;
    if (bytes.length - line < 2 && !final) return false;
    if (isDashes(bytes, line)) {
      const newline = bytes.indexOf(LF, line);
      if (newline === -1 && !final && bytes.length - line < LONGEST_DELIMITER) return false;
      const end = newline === -1 ? bytes.length : newline;
      if (end - line <= LONGEST_DELIMITER && this.#meet(line, end)) {
        this.#at = Math.min(end + 1, bytes.length);
        return true;
      }
    }
    this.#lineStart = false;
    return line < bytes.length;
  }

  /** Whether the line is a delimiter of an open multipart; if so, closes and opens parts. */
  #meet(line: number, end: number): boolean {
    const bytes = this.#bytes;
    const text = bytes.toString('latin1', line + 2, end).trimEnd();
    for (let index = this.#levels.length - 1; index >= 0; index--) {
      const level = this.#levels[index] as Level;
      const closes = text === `${level.boundary}--`;
      if (!closes && text !== level.boundary) continue;
      const before = bytes[line - 1] !== LF ? 0 : bytes[line - 2] === CR ? 2 : 1;
      const contentEnd = this.#base + line - before;
      while (this.#levels.length > index + 1) this.#closeLevel(contentEnd);
      this.#closePart(level, contentEnd);
      if (closes) this.#closeLevel(contentEnd);
      else this.#headersFrom = this.#base + Math.min(end + 1, bytes.length);
      return true;
    }
    return false;
  }

  #scanHeaders(final: boolean): boolean {
    const bytes = this.#bytes;
    const begin = (this.#headersFrom ?? 0) - this.#base;
    for (;;) {
      const at = this.#at;
      const newline = bytes.indexOf(LF, at);
      const end = newline === -1 ? bytes.length : newline;
      const tooLong = end - begin > MIME_LIMITS.partHeaderBytes;
      if (newline === -1 && !final && !tooLong) return false;
      const empty = end === at || (end === at + 1 && bytes[at] === CR);
      if (empty || newline === -1 || tooLong) {
        const body = empty ? Math.min(end + 1, bytes.length) : tooLong ? at : bytes.length;
        this.#startPart(parseHeaders(bytes.subarray(begin, empty || tooLong ? at : end)), body);
        return true;
      }
      if (isDashes(bytes, at) && this.#isDelimiter(at, end)) {
        this.#startPart(parseHeaders(bytes.subarray(begin, at)), at);
        return true;
      }
      this.#at = newline + 1;
    }
  }

  #isDelimiter(line: number, end: number): boolean {
    if (end - line > LONGEST_DELIMITER) return false;
    const text = this.#bytes.toString('latin1', line + 2, end).trimEnd();
    return this.#levels.some(({ boundary }) => text === boundary || text === `${boundary}--`);
  }

  /** The part whose headers end here; its body begins at index `from`. */
  #startPart(headers: HeaderFields, from: number): void {
    this.#headersFrom = null;
    this.#lineStart = true;
    this.#at = from;
    const start = this.#base + from;
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    this.#parts += 1;
    if (this.#parts > MIME_LIMITS.parts) {
      this.problem ??= 'part-limit';
      while (this.#levels.length > 0) this.#closeLevel(start);
      return;
    }
    this.problem ??= headers.problem;
    const id = `${level.node.id}${level.node.id === '' ? '' : '.'}${level.node.children.length + 1}`;
    const part = describePart(headers, level.node.type, id);
    part.start = start;
    part.end = start;
    level.node.children.push(part);
    level.open = part;
    this.#open(part);
  }

  #open(part: PartNode): void {
    if (!part.type.startsWith('multipart/')) return;
    if (part.boundary === null || this.#levels.length >= MIME_LIMITS.depth) {
      this.problem ??= part.boundary === null ? 'no-boundary' : 'depth-limit';
      part.type = part.boundary === null ? 'text/plain' : 'application/octet-stream';
      part.boundary = null;
      return;
    }
    this.#levels.push({ node: part, boundary: part.boundary, open: null });
  }

  #closePart(level: Level, end: number): void {
    if (level.open !== null) level.open.end = Math.max(level.open.start, end);
    level.open = null;
  }

  #closeLevel(end: number): void {
    const level = this.#levels.pop();
    if (level === undefined) return;
    this.#closePart(level, end);
    level.node.end = Math.max(level.node.start, end);
    if (level.node.children.length === 0 && level.node !== this.root) this.#flatten(level.node);
  }

  /** A multipart whose delimiters never came is shown as the text it is. */
  #flatten(part: PartNode): void {
    this.problem ??= 'no-boundary';
    part.boundary = null;
    part.type = 'text/plain';
  }
}

function isDashes(bytes: Buffer, at: number): boolean {
  return bytes[at] === DASH && bytes[at + 1] === DASH;
}

/** The structure of a body that is in memory. */
export function scanStructure(
  headers: HeaderFields,
  body: Buffer,
): { root: PartNode; problem: ProblemCode | null } {
  const scanner = new StructureScanner(headers);
  scanner.push(body);
  const root = scanner.end();
  return { root, problem: scanner.problem };
}
