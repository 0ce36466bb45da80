import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Labels that mail carries and the Encoding Standard does not know. */
const ALIASES: Record<string, string> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp65001: 'utf-8',
  utf8mb4: 'utf-8',
  'utf-8n': 'utf-8',
  'latin-1': 'windows-1252',
  'iso-8859-8-e': 'iso-8859-8',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
};

const decoders = new Map<string, TextDecoder | null>();
const windows1252 = new TextDecoder('windows-1252');
const utf8 = new TextDecoder('utf-8');

/** Null for labels that nobody knows; a sender's inventions do not grow the cache without end. */
function findDecoder(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  if (decoders.size > 500) return null;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(ALIASES[label] ?? label);
  } catch {
    decoder = null;
  }
  decoders.set(label, decoder);
  return decoder;
}

/** Text by its declared charset. Undeclared, unknown or US-ASCII that is not: UTF-8 where it is, else Windows-1252. Never throws. */
export function decodeText(bytes: Buffer, charset: string | null): string {
  if (isAscii(bytes) && !isStateful(charset)) return bytes.toString('latin1');
  const label = charset?.trim().toLowerCase() ?? '';
  const decoder = label === '' || label === 'us-ascii' || label === 'ascii' ? null : findDecoder(label);
  if (decoder !== null) return decoder.decode(bytes);
  return (isUtf8(bytes) ? utf8 : windows1252).decode(bytes);
}

/** The same as UTF-8, without a detour where it is that already; such may still hold damaged characters. */
export function decodeToUtf8(bytes: Buffer, charset: string | null): Buffer {
  const stateful = isStateful(charset);
  if (!stateful && isAscii(bytes)) return bytes;
  const plain = charset === null || /^\s*(?:utf-?8|us-ascii|ascii)?\s*$/i.test(charset);
  if (plain && isUtf8(bytes)) return bytes;
  return Buffer.from(decodeText(bytes, charset));
}

/** Charsets whose bytes look like ASCII and are not. */
function isStateful(charset: string | null): boolean {
  return charset !== null && /^(iso-2022|utf-?16|hz-|ucs|unicode|utf-?32)/i.test(charset.trim());
}

/** One header value read as Latin-1: the 8-bit bytes that should not be there are UTF-8 or Windows-1252 (RFC 6532). */
export function decodeRawHeader(latin1: string): string {
  if (!/[\u0080-\u00ff]/.test(latin1)) return latin1;
  return decodeText(Buffer.from(latin1, 'latin1'), null);
}
