import { decodeText } from './charset.ts';
import { decodeEncodedWords } from './encoded-words.ts';

/** A structured header such as Content-Type: value in lower case, parameters by lower-case name. */
export interface StructuredValue {
  value: string;
  parameters: Map<string, string>;
}

const PARAMETER = /;\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\[^])*)"?|([^;]*))/g;

/** Behind the value of programs that forget it before the first parameter, or put a comment there. */
const NO_SEMICOLON = /^(\s*[^\s;"=()]{1,200})\s*(?:\s|\([^()]{0,200}\)\s*)(?=;|[\w*-]{1,40}\s*=|$)/;

/** RFC 2045 5.1 with RFC 2231 continuations and charsets, forgiving: a missing quote ends with the header. */
export function parseStructured(header: string | null): StructuredValue {
  const text = (header ?? '').slice(0, 16_384).replace(NO_SEMICOLON, '$1;');
  const semicolon = text.indexOf(';');
  const value = (semicolon === -1 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  if (semicolon === -1) return { value, parameters };
  for (const match of text.slice(semicolon).matchAll(PARAMETER)) {
    const name = match[1]?.toLowerCase() ?? '';
    const content = match[2] === undefined ? (match[3]?.trim() ?? '') : match[2].replace(/\\([^])/g, '$1');
    if (!parameters.has(name) && parameters.size < 100) parameters.set(name, content);
  }
  return { value, parameters };
}

/** One parameter, put together from its RFC 2231 pieces, or its encoded words decoded as many programs write them. */
export function readParameter(structured: StructuredValue, name: string): string | null {
  const { parameters } = structured;
  const extended = parameters.get(`${name}*`);
  if (extended !== undefined) return decodeExtended(extended);
  if (parameters.has(`${name}*0`) || parameters.has(`${name}*0*`)) return joinPieces(parameters, name);
  const plain = parameters.get(name);
  if (plain === undefined) return null;
  if (/^(?:utf-8|iso-8859-\d{1,2}|windows-125\d)'[\w-]{0,20}'./i.test(plain)) return decodeExtended(plain);
  return plain.includes('=?') ? decodeEncodedWords(plain) : plain;
}

function joinPieces(parameters: Map<string, string>, name: string): string {
  let charset: string | null = null;
  const bytes: Buffer[] = [];
  for (let index = 0; index < 100; index++) {
    const encoded = parameters.get(`${name}*${index}*`);
    const plain = parameters.get(`${name}*${index}`);
    if (encoded !== undefined) {
      const parts = index === 0 ? splitCharset(encoded) : null;
      charset ??= parts?.charset ?? null;
      bytes.push(decodePercent(parts?.rest ?? encoded));
    } else if (plain === undefined) break;
    else bytes.push(Buffer.from(plain));
  }
  return decodeText(Buffer.concat(bytes), charset);
}

function decodeExtended(text: string): string {
  const parts = splitCharset(text);
  return decodeText(decodePercent(parts?.rest ?? text), parts?.charset ?? null);
}

function splitCharset(text: string): { charset: string; rest: string } | null {
  const match = /^([^']{0,40})'[^']{0,40}'([^]*)$/.exec(text);
  return match === null ? null : { charset: match[1] ?? '', rest: match[2] ?? '' };
}

function decodePercent(text: string): Buffer {
  const bytes = Buffer.from(text);
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const value = byte === 37 ? Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16) : Number.NaN;
    if (Number.isNaN(value)) out[length++] = byte;
    else {
      out[length++] = value;
      at += 2;
    }
  }
  return out.subarray(0, length);
}
