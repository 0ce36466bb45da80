import { judgeFromLine, looksLikeField } from './from-line.ts';

/**
 * What stands in an mbox, in order. `quoted`: lines in it begin with `>From `, and one `>` belongs to the mbox.
 * `lie`: the message's Content-Length was wrong: after `distrust` push what came of it once more, and then `rest`.
 */
export type MboxEvent =
  | { kind: 'begin'; from: string }
  | { kind: 'bytes'; bytes: Buffer }
  | { kind: 'end'; quoted: boolean }
  | { kind: 'lie'; rest: Buffer };

const LF = 10;
const CR = 13;
/** Longer lines are no From lines and no Content-Length: they go through in pieces. */
const LONGEST_LINE = 16 * 1024;
/** A message of that size is refused anyway, and what a wrong length has taken must fit into one, to be looked through again. */
const LONGEST_BODY = 255 << 20;
/** Empty lines that may stand between the end that Content-Length tells and the next message. */
const MOST_GAP = 2;

/**
 * Splits an mbox (RFC 4155; mboxo, mboxrd, mboxcl, mboxcl2; LF or CRLF) while it comes in. A From line begins a message
 * only if a header follows it, and within the body that Content-Length announces only where that was wrong.
 */
export class MboxSplitter {
  #events: MboxEvent[] = [];
  #line: Buffer[] = [];
  #lineSize = 0;
  /** In the middle of a line that was too long to be held. */
  #inLong = false;
  #started = false;
  #inHeader = false;
  /** Of this message, as its header says and if it is believed. */
  #length: number | null = null;
  /** Bytes of the body still to come by it; null: not counted. */
  #left: number | null = null;
  /** Written by us (own-lines.ts): its Content-Length is of before it was quoted. */
  #own = false;
  #trusted = true;
  /** The first From line had a date: those without one are text. */
  #dated = false;
  /** This file quotes nothing (mboxcl2). */
  #unquoted = false;
  #sawBare = false;
  #sawQuoted = false;
  /** The last bytes of a body that is counted. */
  #tail = Buffer.from('\n');
  /** Empty lines, which belong to the message only if it goes on. */
  #held: Buffer[] = [];
  /** A From line on trial behind them. */
  #candidate: { line: Buffer; text: string } | null = null;
  /** What was taken and not told when the lie came out. */
  #untold: Buffer[] | null = null;

  push(chunk: Buffer): MboxEvent[] {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left !== null && this.#left > 0 && this.#lineSize === 0) {
        at += this.#passBody(chunk.subarray(at));
        continue;
      }
      const newline = chunk.indexOf(LF, at);
      const end = newline === -1 ? chunk.length : newline + 1;
      this.#addToLine(chunk.subarray(at, end), newline !== -1);
      at = end;
      if (this.#untold !== null) return this.#tellLie(chunk.subarray(at));
    }
    return this.#tell();
  }

  /** What is left when nothing more comes; after a `lie` to be asked again. */
  end(): MboxEvent[] {
    if (this.#lineSize > 0) {
      const line = Buffer.concat(this.#line);
      this.#dropLine();
      this.#takeLine(line);
    }
    if (this.#untold === null && this.#candidate !== null) this.#refuseCandidate([]);
    if (this.#left !== null && this.#left > 0) this.#untold ??= [];
    if (this.#untold !== null) return this.#tellLie(Buffer.alloc(0));
    if (this.#started) this.#finish();
    return this.#tell();
  }

  /** From here on only From lines count. */
  distrust(): void {
    this.#trusted = false;
    this.#beginMessage();
  }

  #tell(): MboxEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #tellLie(rest: Buffer): MboxEvent[] {
    const untold = this.#untold ?? [];
    this.#untold = null;
    this.#events.push({ kind: 'lie', rest: Buffer.concat([...untold, rest]) });
    return this.#tell();
  }

  #dropLine(): void {
    this.#line = [];
    this.#lineSize = 0;
  }

  #addToLine(piece: Buffer, complete: boolean): void {
    if (this.#inLong) {
      this.#push(piece);
      this.#inLong = !complete;
      return;
    }
    this.#line.push(piece);
    this.#lineSize += piece.length;
    if (!complete && this.#lineSize < LONGEST_LINE) return;
    const line = this.#line.length === 1 ? piece : Buffer.concat(this.#line);
    this.#dropLine();
    this.#inLong = !complete;
    this.#takeLine(line);
  }

  #takeLine(line: Buffer): void {
    const isEmpty = line[0] === LF || (line[0] === CR && line[1] === LF);
    if (this.#candidate !== null) this.#decide(line, isEmpty);
    if (this.#untold !== null) return;
    const text = line[0] === 0x46 ? line.toString('latin1', 0, 300).trimEnd() : '';
    if (!this.#inLong && this.#mayBegin(text)) this.#candidate = { line, text };
    else if (this.#inHeader) this.#takeHeaderLine(line, isEmpty);
    else if (this.#started) this.#takeBodyLine(line, isEmpty);
  }

  #mayBegin(text: string): boolean {
    if (!text.startsWith('From')) return false;
    if (!this.#started) return text === 'From' || text.startsWith('From ');
    const kind = judgeFromLine(text === 'From' ? 'From ' : text);
    if (kind === 'dated') return true;
    return kind === 'bare' && !this.#dated && !this.#inHeader && this.#held.length > 0;
  }

  /** The line behind a From line tells whether a message begins there. */
  #decide(next: Buffer, nextIsEmpty: boolean): void {
    const { text } = this.#candidate!;
    const separated = nextIsEmpty && this.#held.length > 0;
    const begins = !this.#started || separated || looksLikeField(next.toString('latin1', 0, 1100));
    if (!begins) return this.#refuseCandidate([next]);
    this.#candidate = null;
    if (this.#started) this.#finish();
    else this.#dated = judgeFromLine(text) === 'dated';
    this.#beginMessage();
    this.#started = true;
    this.#events.push({ kind: 'begin', from: text });
  }

  #refuseCandidate(behind: Buffer[]): void {
    const { line } = this.#candidate!;
    this.#candidate = null;
    if (!this.#started) return;
    if (this.#left === 0) this.#untold = [...this.#held.splice(0), line, ...behind];
    else this.#pushHeldAnd(line);
  }

  #takeHeaderLine(line: Buffer, isEmpty: boolean): void {
    this.#push(line);
    if (isEmpty) {
      this.#inHeader = false;
      this.#left = this.#own ? null : this.#length;
    } else if (line[0] === 0x58 && line.subarray(0, OWN.length).equals(OWN)) {
      this.#own = true;
    } else if (((line[0] ?? 0) | 0x20) === 0x63 && this.#trusted) {
      const match = /^content-length[ \t]*:[ \t]*(\d{1,12})\s*$/i.exec(line.toString('latin1', 0, 200));
      const length = Number(match?.[1] ?? Number.NaN);
      if (length <= LONGEST_BODY) this.#length = length;
    }
  }

  #takeBodyLine(line: Buffer, isEmpty: boolean): void {
    if (isEmpty) {
      this.#held.push(line);
      if (this.#left === 0 && this.#held.length > MOST_GAP) this.#untold = this.#held.splice(0);
      // Only the last one can be the gap: those before it belong to the message.
      else if (this.#left === null && this.#held.length > 1) this.#push(this.#held.shift() as Buffer);
    } else if (this.#left === 0) this.#untold = [...this.#held.splice(0), line];
    else this.#pushHeldAnd(line);
  }

  /** Bytes that Content-Length says are the body's; From lines in them tell only how the file quotes. */
  #passBody(rest: Buffer): number {
    const bytes = rest.subarray(0, this.#left!);
    this.#left! -= bytes.length;
    // Also where the pieces are cut; a body begins a line.
    const joint = Buffer.concat([this.#tail, bytes.subarray(0, LINE_FROM.length)]);
    const sees = (pattern: Buffer): boolean => joint.includes(pattern) || bytes.includes(pattern);
    if (sees(LINE_FROM)) this.#sawBare = true;
    if (sees(LINE_QUOTE)) this.#sawQuoted = true;
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-LINE_FROM.length)]).subarray(-LINE_FROM.length);
    this.#push(bytes);
    return bytes.length;
  }

  #pushHeldAnd(line: Buffer): void {
    for (const held of this.#held.splice(0)) this.#push(held);
    this.#push(line);
  }

  #push(bytes: Buffer): void {
    if (bytes[0] === 0x3e) this.#sawQuoted = true;
    this.#events.push({ kind: 'bytes', bytes });
  }

  #finish(): void {
    if (this.#left !== null && this.#sawBare) this.#unquoted = true;
    this.#events.push({ kind: 'end', quoted: this.#sawQuoted && !(this.#left !== null && this.#unquoted) });
  }

  #beginMessage(): void {
    this.#inHeader = true;
    this.#own = false;
    this.#tail = Buffer.from('\n');
    this.#length = null;
    this.#left = null;
    this.#held = [];
    this.#sawBare = false;
    this.#sawQuoted = false;
    this.#inLong = false;
  }
}

const LINE_FROM = Buffer.from('\nFrom ');
const LINE_QUOTE = Buffer.from('\n>');
const OWN = Buffer.from('X-Valija: {');
