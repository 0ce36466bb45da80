import { decodeBytes } from './decode-bytes.ts';

const WORD = /=\?([^?\s*]{1,80})(?:\*[^?\s]{0,40})?\?([bq])\?([^?]*)\?=/gi;

/** A header value for people: encoded words decoded (RFC 2047), other bytes taken as UTF-8 (RFC 6532). */
export function decodeHeader(raw: string): string {
  let text = '';
  let at = 0;
  let pending: { charset: string; bytes: string } | null = null;
  const close = () => {
    if (pending !== null) text += decodeBytes(pending.bytes, pending.charset);
    pending = null;
  };
  if (raw.includes('=?')) {
    for (const found of raw.matchAll(WORD)) {
      const [whole, charset = '', encoding = '', encoded = ''] = found;
      const between = raw.slice(at, found.index);
      // Between encoded words white space only separates (RFC 2047 6.2), and characters may be cut in two.
      const bytes = encoding.toLowerCase() === 'b' ? decodeBase64(encoded) : decodeQuoted(encoded);
      if (pending !== null && /^\s*$/.test(between) && pending.charset === charset.toLowerCase()) {
        pending = { charset: pending.charset, bytes: pending.bytes + bytes };
      } else {
        const adjacent: boolean = pending !== null && /^\s*$/.test(between);
        close();
        if (!adjacent) text += decodeBytes(between, 'utf-8');
        pending = { charset: charset.toLowerCase(), bytes };
      }
      at = found.index + whole.length;
    }
    close();
  }
  return text + decodeBytes(raw.slice(at), 'utf-8');
}

function decodeQuoted(encoded: string): string {
  return encoded
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 to a binary string; what is none of it is passed over. */
function decodeBase64(encoded: string): string {
  let bytes = '';
  let bits = 0;
  let count = 0;
  for (const character of encoded) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += String.fromCharCode((bits >> count) & 0xff);
  }
  return bytes;
}
