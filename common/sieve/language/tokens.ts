import { type Place, SieveFailure } from '../problem.ts';
import { readMultiLine } from './multi-line.ts';

/** `from` and `to`: where it stands in the script, in UTF-16 units. */
export type Token = Place & { from: number; to: number } & Content;
type Content =
  | { kind: 'identifier'; text: string }
  | { kind: 'tag'; text: string }
  | { kind: 'number'; value: number }
  | { kind: 'string'; value: string }
  | { kind: 'mark'; text: '[' | ']' | '(' | ')' | '{' | '}' | ',' | ';' }
  | { kind: 'end' };

const SPACE = /[ \t\r\n]+|#[^\n]*/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /([0-9]+)([A-Za-z0-9_]*)/y;
const QUOTED = /"([^"\\]*(?:\\[^][^"\\]*)*)"/y;
const QUANTIFIERS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** The tokens of a script (RFC 5228 8.1), one after the other; identifiers and tags in lower case. */
export class TokenReader {
  readonly #source: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(source: string, limit: number) {
    this.#source = source;
    if (source.length > limit) {
      throw new SieveFailure('too-long', { line: 1, column: 1 }, { limit: limit / 1024 });
    }
    const control = source.indexOf('\0');
    if (control >= 0) {
      this.#advance(control);
      throw new SieveFailure('bad-character', this.#place(), { character: 'NUL' });
    }
    if (source.startsWith('\ufeff')) this.#advance(1);
  }

  next(): Token {
    this.#skipSpace();
    const from = this.#at;
    const place = this.#place();
    return { ...this.#read(place), ...place, from, to: this.#at };
  }

  #read(place: Place): Content {
    const character = this.#source[this.#at];
    if (character === undefined) return { kind: 'end' };
    if ('[](){},;'.includes(character)) {
      this.#advance(1);
      return { kind: 'mark', text: character as '[' };
    }
    if (character === '"') return { kind: 'string', value: this.#readQuoted(place) };
    if (character === ':') return { kind: 'tag', text: this.#readTag(place) };
    const number = this.#match(NUMBER);
    if (number !== null) return { kind: 'number', value: readNumber(number, place) };
    const identifier = this.#match(IDENTIFIER)?.[0];
    if (identifier === undefined) throw new SieveFailure('bad-character', place, { character });
    if (identifier.toLowerCase() === 'text' && this.#source[this.#at] === ':') {
      const { value, end } = readMultiLine(this.#source, this.#at + 1, place);
      this.#advance(end - this.#at);
      return { kind: 'string', value };
    }
    return { kind: 'identifier', text: identifier.toLowerCase() };
  }

  #skipSpace(): void {
    for (;;) {
      if (this.#match(SPACE) !== null) continue;
      if (!this.#source.startsWith('/*', this.#at)) return;
      const end = this.#source.indexOf('*/', this.#at + 2);
      if (end < 0) throw new SieveFailure('unclosed-comment', this.#place());
      this.#advance(end + 2 - this.#at);
    }
  }

  #readQuoted(place: Place): string {
    const found = this.#match(QUOTED);
    if (found === null) throw new SieveFailure('unclosed-string', place);
    return (found[1] ?? '').replace(/\\([^])/g, '$1');
  }

  #readTag(place: Place): string {
    this.#advance(1);
    const name = this.#match(IDENTIFIER)?.[0];
    if (name === undefined) throw new SieveFailure('bad-tag', place);
    return name.toLowerCase();
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found !== null) this.#advance(found[0].length);
    return found;
  }

  #advance(length: number): void {
    const end = this.#at + length;
    for (;;) {
      const feed = this.#source.indexOf('\n', this.#at);
      if (feed < 0 || feed >= end) break;
      this.#line++;
      this.#at = feed + 1;
      this.#lineStart = this.#at;
    }
    this.#at = end;
  }

  #place(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }
}

function readNumber(found: RegExpExecArray, place: Place): number {
  const factor = QUANTIFIERS[(found[2] ?? '').toLowerCase()];
  const value = Number(found[1]) * (factor ?? Number.NaN);
  if (!(value <= 2 ** 53 - 1)) throw new SieveFailure('bad-number', place, { number: found[0].slice(0, 40) });
  return value;
}
