import { decodeBytes, decodeQuotedPrintable } from './decode-text.ts';

/** One property of a card; `value` is decoded from bytes, its vCard escapes still stand. */
export interface Property {
  /** `item1` of `item1.EMAIL`; empty without. */
  group: string;
  /** In upper case. */
  name: string;
  /** By upper-case name; types that 2.1 writes bare stand under TYPE. */
  parameters: Map<string, string[]>;
  value: string;
}

/** Bare words of 2.1 that are encodings, not types. */
const ENCODINGS = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);
const MOST_PARAMETERS = 50;

/** Lines put together again where they were folded (RFC 6350 3.2), quoted-printable ones too (vCard 2.1). */
export function* unfoldLines(bytes: string): Generator<string> {
  let line: FoldedLine | null = null;
  for (const next of bytes.split(/\r\n|\n|\r/)) {
    if (line !== null && line.isSoftBroken()) line.addBroken(next.replace(/^[ \t]/, ''));
    else if (line !== null && /^[ \t]/.test(next)) line.add(next.slice(1));
    else {
      if (line !== null) yield line.text();
      line = new FoldedLine(next);
    }
  }
  if (line !== null) yield line.text();
}

/** Characters of a line among which its parameters stand. */
const HEAD = 320;

/** A line while it is put together. In pieces: to look at the end of a text that grows copies all of it each time. */
class FoldedLine {
  readonly #pieces: string[];
  #head: string;

  constructor(first: string) {
    this.#pieces = [first];
    this.#head = first;
  }

  isSoftBroken(): boolean {
    return this.#pieces.at(-1)!.endsWith('=') && /^[^:]{0,300}QUOTED-PRINTABLE/i.test(this.#head);
  }

  add(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    if (this.#head.length < HEAD) this.#head += piece;
  }

  /** The `=` at the end is no part of it. */
  addBroken(piece: string): void {
    this.#pieces[this.#pieces.length - 1] = this.#pieces.at(-1)!.slice(0, -1);
    this.add(piece);
  }

  text(): string {
    return this.#pieces.join('');
  }
}

/** Null for what is no property. */
export function readProperty(line: string): Property | null {
  const colon = findColon(line);
  if (colon === -1) return null;
  const [head = '', ...rest] = splitOutside(line.slice(0, colon), ';');
  const dot = head.lastIndexOf('.');
  const name = head
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9-]{1,60}$/.test(name)) return null;
  const parameters = new Map<string, string[]>();
  for (const parameter of rest.slice(0, MOST_PARAMETERS)) addParameter(parameters, parameter.trim());
  const raw = line.slice(colon + 1);
  const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase();
  const bytes = encoding === 'QUOTED-PRINTABLE' ? decodeQuotedPrintable(raw) : raw;
  const text = decodeBytes(bytes, parameters.get('CHARSET')?.[0]);
  // Line breaks of 2.1 are encoded, not escaped.
  const value = encoding === 'QUOTED-PRINTABLE' ? text.replace(/\r\n?|\n/g, '\\n') : text;
  return { group: dot === -1 ? '' : head.slice(0, dot).trim().toLowerCase(), name, parameters, value };
}

function addParameter(parameters: Map<string, string[]>, text: string): void {
  const equals = text.indexOf('=');
  const bare = text.toUpperCase();
  const name =
    equals === -1 ? (ENCODINGS.has(bare) ? 'ENCODING' : 'TYPE') : text.slice(0, equals).trim().toUpperCase();
  const given = equals === -1 ? text : text.slice(equals + 1);
  const values = splitOutside(given, ',').map((value) =>
    decodeBytes(value.trim().replace(/^"|"$/g, ''), undefined),
  );
  const known = parameters.get(name) ?? [];
  parameters.set(name, [...known, ...values.filter((value) => value !== '')]);
}

function findColon(line: string): number {
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) return at;
  }
  return -1;
}

function splitOutside(text: string, by: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === by && !quoted) {
      pieces.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...pieces, text.slice(from)];
}
