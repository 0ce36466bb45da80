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

/**
 * Finds the parts of a message by its delimiter lines (RFC 2046 5.1), without decoding anything. The body may come in
 * pieces of any size; only delimiters and part headers are looked at, so it costs about a memory scan.
 */
export class StructureScanner {
  readonly root: PartNode;
  problem: ProblemCode | null;
  readonly #levels: Level[] = [];
  #rest: Buffer = Buffer.alloc(0);
  /** Offset of `#rest` in the body. */
  #base = 0;
  /** Where the headers of the part begin that are being read, null in a body. */
  #headersFrom: number | null = null;
  /** The next byte begins a line. */
  #lineStart = true;
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
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const used = this.#scan(bytes, false);
    this.#rest = bytes.subarray(used);
    this.#base += used;
  }

  end(): PartNode {
    const size = this.#base + this.#rest.length;
    if (this.#levels.length > 0) this.#scan(this.#rest, true);
    while (this.#levels.length > 0) this.#closeLevel(size);
    this.root.end = size;
    if (this.root.boundary !== null && this.root.children.length === 0) {
      this.#flatten(this.root);
    }
    if (this.root.boundary === null) this.root.id = '1';
    return this.root;
  }

  /** Returns how many bytes need not be seen again. */
  #scan(bytes: Buffer, final: boolean): number {
    let at = 0;
    while (this.#levels.length > 0) {
      const next =
        this.#headersFrom === null ? this.#scanBody(bytes, at, final) : this.#scanHeaders(bytes, at, final);
      if (next === null) break;
      at = next;
    }
    if (this.#levels.length === 0) return bytes.length;
    if (this.#headersFrom !== null) return this.#headersFrom - this.#base;
    if (final) return bytes.length;
    // The line break before a delimiter belongs to it (RFC 2046): keep enough to see both.
    const from = this.#lastLine(bytes, at);
    this.#lineStart = from === at && this.#lineStart;
    return from;
  }

  /** Where a delimiter could still begin that is not complete in `bytes`. */
  #lastLine(bytes: Buffer, at: number): number {
    const newline = bytes.lastIndexOf(LF);
    const line = newline === -1 ? -1 : newline + 1;
    const couldBe =
      line >= at && line !== -1 && bytes.length - line < LONGEST_DELIMITER && isDashes(bytes, line);
    const from = couldBe ? newline - 1 : bytes.length - 2;
    return Math.max(at, Math.min(bytes.length, from));
  }

  #scanBody(bytes: Buffer, from: number, final: boolean): number | null {
    let line = from;
    if (!this.#lineStart || bytes[from] !== DASH || bytes[from + 1] !== DASH) {
      const found = bytes.indexOf('\n--', from, 'latin1');
      if (found === -1) return null;
      line = found + 1;
    }
    const newline = bytes.indexOf(LF, line);
    if (newline === -1 && !final && bytes.length - line < LONGEST_DELIMITER) return null;
    const end = newline === -1 ? bytes.length : newline;
    this.#lineStart = false;
    if (end - line <= LONGEST_DELIMITER && this.#meet(bytes, line, end)) {
      this.#lineStart = true;
      return Math.min(end + 1, bytes.length);
    }
    return line + 1;
  }

  /** Whether the line is a delimiter of an open multipart; if so, closes and opens parts. */
  #meet(bytes: Buffer, line: number, end: number): boolean {
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

  #scanHeaders(bytes: Buffer, from: number, final: boolean): number | null {
    const begin = (this.#headersFrom ?? 0) - this.#base;
    let at = Math.max(from, begin);
    for (;;) {
      const newline = bytes.indexOf(LF, at);
      const end = newline === -1 ? bytes.length : newline;
      const tooLong = end - begin > MIME_LIMITS.partHeaderBytes;
      if (newline === -1 && !final && !tooLong) return null;
      const empty = end === at || (end === at + 1 && bytes[at] === CR);
      if (empty || newline === -1 || tooLong) {
        const bodyFrom = empty ? Math.min(end + 1, bytes.length) : tooLong ? at : bytes.length;
        this.#startPart(parseHeaders(bytes.subarray(begin, Math.min(at, end))), this.#base + bodyFrom);
        return bodyFrom;
      }
      if (isDashes(bytes, at) && this.#isDelimiter(bytes, at, end)) {
        this.#startPart(parseHeaders(bytes.subarray(begin, at)), this.#base + at);
        return at;
      }
      at = newline + 1;
    }
  }

  #isDelimiter(bytes: Buffer, line: number, end: number): boolean {
    if (end - line > LONGEST_DELIMITER) return false;
    const text = bytes.toString('latin1', line + 2, end).trimEnd();
    return this.#levels.some(({ boundary }) => text === boundary || text === `${boundary}--`);
  }

  #startPart(headers: HeaderFields, start: number): void {
    this.#headersFrom = null;
    this.#lineStart = true;
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
