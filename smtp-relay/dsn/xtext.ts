import { isUtf8 } from 'node:buffer';

/** RFC 3461 4.2: so long may an ORCPT be. */
const MAX_ORIGINAL = 500;

/** RFC 3461 4. */
export function encodeXtext(text: string): string {
  return encodeBytes(Buffer.from(text));
}

/** What stands behind xtext, read as UTF-8; text that is none stays as it is. */
export function decodeXtext(xtext: string): string {
  if (!isXtext(xtext)) return xtext;
  const bytes = xtext.replace(/\+([0-9A-F]{2})/g, (_sign, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * An ORCPT (RFC 3461 4.2) as it came, `type;xtext`, of what smtp-server makes of it: it undoes xtext, one character for
 * each byte. Null for none, for what is no ORCPT, and for one that is too long: half an address is another address.
 */
export function keepOriginal(unquoted: string | null | undefined): string | null {
  const match = splitOriginal(unquoted ?? '');
  if (match === null) return null;
  const bytes = Buffer.from(match.address, 'latin1');
  // Characters that came as such (RFC 6533 3) are none of these bytes.
  const isBytes = bytes.toString('latin1') === match.address && isUtf8(bytes);
  const original = `${match.type};${encodeBytes(isBytes ? bytes : Buffer.from(match.address))}`;
  return original.length > MAX_ORIGINAL ? null : original;
}

/** `type;xtext` in valid form; what earlier builds queued has no xtext. Null for what is no ORCPT. */
export function mendOriginal(original: string): string | null {
  const match = splitOriginal(original);
  if (match === null) return null;
  return isXtext(match.address) ? original : `${match.type};${encodeXtext(match.address)}`;
}

/** `type;address` as a report has it (RFC 3464 2.3.1), without xtext. Null for what is no ORCPT. */
export function readOriginal(original: string): string | null {
  const match = splitOriginal(original);
  return match === null ? null : `${match.type};${decodeXtext(match.address)}`;
}

function splitOriginal(original: string): { type: string; address: string } | null {
  const [, type, address] = /^([a-z0-9-]+);(.+)$/is.exec(original) ?? [];
  return type === undefined || address === undefined ? null : { type, address };
}

function isXtext(text: string): boolean {
  return /^(?:[!-*,-<>-~]|\+[0-9A-F]{2})*$/.test(text);
}

function encodeBytes(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^!-*,-<>-~]/g, (byte) => `+${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
