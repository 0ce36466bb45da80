import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { readMetaCharset } from './meta-charset.ts';

/** Labels that mail carries and the Encoding Standard does not know. */
const ALIASES: Record<string, string> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  eucjp: 'euc-jp',
  euckr: 'euc-kr',
  macroman: 'macintosh',
  'latin-1': 'windows-1252',
  'iso-8859-8-e': 'iso-8859-8',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
};
/** Labels of what is UTF-8 or at least says nothing else: programs put them on Latin-1 too. */
const UNSURE = new Set(
  ',utf-8,utf8,utf_8,utf-8n,utf8mb4,cp65001,us-ascii,ascii,ansi_x3.4-1968,iso646-us,646'.split(','),
);

const decoders = new Map<string, TextDecoder | null>();
const windows1252 = new TextDecoder('windows-1252');
const utf16be = new TextDecoder('utf-16be');
const utf8 = new TextDecoder('utf-8');

/** Without the quotes and comments that some programs put around it. */
function readLabel(charset: string | null): string {
  return (charset ?? '')
    .toLowerCase()
    .replace(/\(.*$/, '')
    .replace(/^[\s"']+|[\s"']+$/g, '');
}

/** Null for labels that nobody knows; a sender's inventions do not grow the cache without end. */
function findDecoder(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  if (decoders.size > 500) return null;
  const page = /^(?:x-)?(?:windows|win|cp|ms)[-_]?(125\d|874)$/.exec(label)?.[1];
  const names = [ALIASES[label], label, page && `windows-${page}`, label.replaceAll('_', '-')];
  const decoder = names.map(makeDecoder).find((one) => one !== null) ?? null;
  decoders.set(label, decoder);
  return decoder;
}

function makeDecoder(label: string | undefined): TextDecoder | null {
  try {
    return label === undefined ? null : new TextDecoder(label);
  } catch {
    return null;
  }
}

/** Text by its declared charset. Undeclared, unknown, US-ASCII and UTF-8 that are none: what it looks like. Never throws. */
export function decodeText(bytes: Buffer, charset: string | null): string {
  const label = readLabel(charset);
  if (isAscii(bytes) && !isStateful(label)) return bytes.toString('latin1');
  // The mark decides which of the two it is (RFC 2781 4.3).
  if (/^(?:utf-?16|ucs-?2|unicode)$/.test(label) && bytes[0] === 0xfe && bytes[1] === 0xff) {
    return utf16be.decode(bytes);
  }
  const decoder = UNSURE.has(label) ? null : findDecoder(label);
  return decoder === null ? guessText(bytes) : decoder.decode(bytes);
}

/**
 * UTF-8, also where a few characters are damaged, as by a cut through the last one; Windows-1252 where more of them would be
 * damaged than not.
 */
function guessText(bytes: Buffer): string {
  const text = utf8.decode(bytes);
  return isMostlyDamaged(text) && !isUtf8(bytes) ? windows1252.decode(bytes) : text;
}

/** Of what was read as UTF-8 more is damaged than not: it is something else. */
export function isMostlyDamaged(text: string): boolean {
  if (!text.includes('\ufffd')) return false;
  let sound = 0;
  let damaged = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) damaged += 1;
    else if (code > 127) sound += 1;
  }
  return damaged > sound;
}

/** The same as UTF-8, without a detour where it is that already; such may still hold damaged characters. */
export function decodeToUtf8(bytes: Buffer, charset: string | null): Buffer {
  const label = readLabel(charset);
  if (!isStateful(label) && isAscii(bytes)) return bytes;
  if (UNSURE.has(label) && isUtf8(bytes)) return bytes;
  return Buffer.from(decodeText(bytes, charset));
}

/** What a part's bytes are in: of HTML whose header does not say so, what is written in it. */
export function findCharset(part: { type: string; charset: string | null }, bytes: Buffer): string | null {
  if (part.charset !== null || part.type !== 'text/html') return part.charset;
  const named = readMetaCharset(bytes);
  // Written by another program than the one that sent it: what is UTF-8 stays that.
  return isUtf8(bytes) && !(isAscii(bytes) && isStateful((named ?? '').toLowerCase())) ? null : named;
}

/** Charsets whose bytes look like ASCII and are not. */
function isStateful(label: string): boolean {
  return /^(iso-2022|utf-?16|hz-|ucs|unicode|utf-?32)/.test(label);
}

/** One header value read as Latin-1: the 8-bit bytes that should not be there are UTF-8 or Windows-1252 (RFC 6532). */
export function decodeRawHeader(latin1: string): string {
  if (!/[\u0080-\u00ff]/.test(latin1)) return latin1;
  return decodeText(Buffer.from(latin1, 'latin1'), null);
}
