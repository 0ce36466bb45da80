import { decodeRawHeader } from './charset.ts';
import { decodeEncodedWords } from './encoded-words.ts';
import { MIME_LIMITS, type ProblemCode } from './limits.ts';

/** Fields of which a message has one at most (RFC 5322 3.6, RFC 2045 3), and that decide what people see. */
const ONCE = new Set(['from', 'subject', 'content-type', 'content-transfer-encoding']);

/** Header fields in their order, unfolded, 8-bit bytes decoded, encoded words as they are. */
export class HeaderFields {
  readonly fields: [string, string][] = [];
  problem: ProblemCode | null = null;
  readonly #first = new Map<string, string>();

  add(name: string, value: string): void {
    this.fields.push([name, value]);
    const key = name.toLowerCase();
    if (!this.#first.has(key)) this.#first.set(key, value);
    // Programs differ in which of them they go by: a signature may vouch for the other one.
    else if (ONCE.has(key)) this.problem ??= 'header-twice';
  }

  /** The first field of that lower-case name. */
  get(name: string): string | null {
    return this.#first.get(name) ?? null;
  }

  all(name: string): string[] {
    return this.fields.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
  }
}

/** Reads what can be read of a header block; damaged lines are left out and named in `problem`. */
export function parseHeaders(block: Buffer): HeaderFields {
  const headers = new HeaderFields();
  const text = block.toString('latin1', 0, MIME_LIMITS.headerBytes);
  if (block.length > MIME_LIMITS.headerBytes) headers.problem = 'header-limit';
  let field = '';
  const finish = (): void => {
    if (field === '') return;
    addField(headers, field);
    field = '';
  };
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const cut = text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end;
    const first = text.charCodeAt(at);
    if ((first === 32 || first === 9) && cut > at) {
      if (field !== '') field += text.slice(at, cut);
    } else {
      finish();
      if (headers.fields.length >= MIME_LIMITS.headerFields) {
        headers.problem = 'header-limit';
        return headers;
      }
      field = text.slice(at, cut);
    }
    at = end + 1;
  }
  finish();
  return headers;
}

function addField(headers: HeaderFields, line: string): void {
  const colon = line.indexOf(':');
  const name = colon > 0 ? line.slice(0, colon).trimEnd() : '';
  if (name === '' || /[^!-~]/.test(name)) {
    if (!/^>?From /.test(line)) headers.problem ??= 'header-damaged';
    return;
  }
  headers.add(name, decodeRawHeader(line.slice(colon + 1).trim()));
}

/** For people: encoded words decoded (RFC 2047), control characters gone, one line, at most `length` UTF-16 units. */
export function decodeHeaderText(value: string | null, length: number): string {
  if (value === null) return '';
  const decoded = value.includes('=?') ? decodeEncodedWords(value.slice(0, 4 * length)) : value;
  return cleanLine(decoded, length);
}

/** White space and control characters but for the single space, which stays as it is. */
const SPACES = / [\s\u0000-\u001f\u007f]+|[[\s\u0000-\u001f\u007f]--[ ]][\s\u0000-\u001f\u007f]*/gv;

export function cleanLine(text: string, length: number): string {
  const line = text.slice(0, 2 * length).replace(SPACES, ' ');
  return line.slice(0, length).toWellFormed().trim();
}
