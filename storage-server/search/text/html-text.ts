import { decodeHTML } from 'entities';

/** Elements in the middle of a word; all others end it. */
const INLINE = new Set(
  'a abbr b big code em font i ins mark s small span strike strong sub sup tt u wbr'.split(' '),
);
/** Elements whose content is no text of the mail. */
const SKIPPED = new Set(
  'script style title head noscript template iframe object svg math textarea select xmp noembed noframes plaintext'.split(
    ' ',
  ),
);
const LESS = 60;
const GREATER = 62;
const AND = 38;
const SLASH = 47;
const SPACE = 32;
/** The longest name of a character has 31 letters. */
const LONGEST_ENTITY = 34;
const ENTITY = /^&(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][a-z\d]{1,31});?/i;

/**
 * What an HTML mail (UTF-8) says to who reads it, with a space where elements part words: no addresses of links, which
 * are long and say nothing. In time linear in its length; it is no parser, and what it returns is for looking at words.
 */
export function readHtmlText(html: Buffer): Buffer {
  // Some names of characters are shorter than the two characters they stand for.
  const out = Buffer.allocUnsafe(html.length + (html.length >> 1) + 16);
  let length = 0;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf(LESS, at);
    const end = open === -1 ? html.length : open;
    length = copyText(html, at, end, out, length);
    if (open === -1) break;
    if (html[open + 1] === 33 && html[open + 2] === 45 && html[open + 3] === 45) {
      at = behind(html, '-->', open + 4);
      continue;
    }
    const nameStart = html[open + 1] === SLASH ? open + 2 : open + 1;
    const nameEnd = findNameEnd(html, nameStart);
    if (nameEnd === nameStart) {
      out[length++] = SPACE;
      const mark = html[open + 1];
      at = mark === 33 || mark === 63 || mark === SLASH ? behind(html, '>', open) : open + 1;
      continue;
    }
    const name = html.toString('latin1', nameStart, nameEnd).toLowerCase();
    const close = findTagEnd(html, nameEnd);
    at = close + 1;
    if (nameStart === open + 1 && SKIPPED.has(name) && html[close - 1] !== SLASH) {
      out[length++] = SPACE;
      at = skipElement(html, name, at);
    } else if (name === 'img') {
      const alt = /\balt=(?:"([^"]*)"|'([^']*)')/i.exec(
        html.toString('utf8', nameEnd, Math.min(close, nameEnd + 4000)),
      );
      const text = Buffer.from(alt?.[1] ?? alt?.[2] ?? '');
      out[length++] = SPACE;
      // Bytes that are no UTF-8 may have grown.
      if (text.length <= close - nameEnd) length = copyText(text, 0, text.length, out, length);
      out[length++] = SPACE;
    } else if (!INLINE.has(name)) out[length++] = SPACE;
  }
  return out.subarray(0, length);
}

/** Letters, digits, colon and dash behind a letter. */
function findNameEnd(html: Buffer, start: number): number {
  let at = start;
  for (; at < html.length && at < start + 40; at++) {
    const byte = html[at] as number;
    const letter = (byte | 32) >= 97 && (byte | 32) <= 122;
    if (!letter && (at === start || !((byte >= 48 && byte <= 58) || byte === 45))) break;
  }
  return at;
}

/** Where the tag's `>` stands: one in a quoted value does not end it. */
function findTagEnd(html: Buffer, from: number): number {
  let quote = 0;
  for (let at = from; at < html.length; at++) {
    const byte = html[at] as number;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === GREATER) return at;
    else if ((byte === 34 || byte === 39) && html[at - 1] === 61) quote = byte;
  }
  return html.length;
}

function behind(html: Buffer, mark: string, from: number): number {
  const found = html.indexOf(mark, from, 'latin1');
  return found === -1 ? html.length : found + mark.length;
}

/** A head that is never closed ends where the body begins. */
function skipElement(html: Buffer, name: string, from: number): number {
  for (let at = from; ;) {
    const open = html.indexOf(LESS, at);
    if (open === -1) return html.length;
    const start = html[open + 1] === SLASH ? open + 2 : open + 1;
    const tag = html.toString('latin1', start, start + name.length).toLowerCase();
    if (start === open + 2 && tag === name && findNameEnd(html, start) === start + name.length)
      return behind(html, '>', start);
    if (name === 'head' && tag === 'body') return open;
    at = open + 1;
  }
}

function copyText(html: Buffer, from: number, end: number, out: Buffer, start: number): number {
  let length = start;
  let at = from;
  while (at < end) {
    const byte = html[at] as number;
    if (byte !== AND) {
      out[length++] = byte;
      at += 1;
      continue;
    }
    const entity = ENTITY.exec(html.toString('latin1', at, Math.min(end, at + LONGEST_ENTITY)))?.[0];
    const text = entity === undefined ? '&' : decodeEntity(entity);
    length += out.write(text, length);
    at += entity?.length ?? 1;
  }
  return length;
}

const known = new Map<string, string>();

function decodeEntity(entity: string): string {
  const found = known.get(entity);
  if (found !== undefined) return found;
  const text = decodeHTML(entity);
  if (known.size < 3000) known.set(entity, text);
  return text;
}
