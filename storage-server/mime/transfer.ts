/** How a part's bytes are encoded for transport (RFC 2045 6). */
export type TransferEncoding = 'base64' | 'quoted-printable' | 'identity';

export function readEncoding(header: string | null): TransferEncoding {
  const name = (header ?? '').trim().toLowerCase();
  if (name.startsWith('base64')) return 'base64';
  return name.startsWith('quoted-printable') ? 'quoted-printable' : 'identity';
}

const BASE64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/') {
  BASE64[character.charCodeAt(0)] = 1;
}

/** How many bytes of the base64 alphabet there are; everything else is skipped when decoding (RFC 2045 6.8). */
export function countBase64(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) count += BASE64[bytes[at] as number] as number;
  return count;
}

/** Bytes that so many base64 characters decode to. */
export function sizeBase64(characters: number): number {
  const rest = characters % 4;
  return ((characters - rest) / 4) * 3 + (rest === 0 ? 0 : rest - 1);
}

/** Decodes base64 that comes in pieces. */
export class Base64Decoder {
  #rest = '';

  push(bytes: Buffer): Buffer {
    const text = this.#rest + bytes.toString('latin1').replace(/[^A-Za-z0-9+/]+/g, '');
    const whole = text.length - (text.length % 4);
    this.#rest = text.slice(whole);
    return Buffer.from(text.slice(0, whole), 'base64');
  }

  end(): Buffer {
    const rest = this.#rest.length === 1 ? '' : this.#rest;
    this.#rest = '';
    return Buffer.from(rest, 'base64');
  }
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  return byte >= 97 && byte <= 102 ? byte - 87 : -1;
}

/** Quoted-printable (RFC 2045 6.7); a `=` that is none stays as it is. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  if (!bytes.includes(61)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte !== 61) {
      out[length++] = byte;
      continue;
    }
    const high = hexValue(bytes[at + 1]);
    const low = hexValue(bytes[at + 2]);
    if (high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    let end = at + 1;
    while (bytes[end] === 32 || bytes[end] === 9) end++;
    if (bytes[end] === 13 && bytes[end + 1] === 10) at = end + 1;
    else if (bytes[end] === 10) at = end;
    else if (end >= bytes.length) at = end;
    else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** All of a part that is in memory. */
export function decodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'identity') return bytes;
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  const decoder = new Base64Decoder();
  return Buffer.concat([decoder.push(bytes), decoder.end()]);
}
