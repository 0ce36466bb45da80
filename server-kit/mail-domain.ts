import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { foldAddress } from '../common/compose/recipients.ts';
import { splitAddress } from '../common/envelope.ts';

/** A mail domain as DNS wants it: lower case, IDNA, no final dot; address literals stay. Null when it can be none. */
export function toAsciiDomain(domain: string): string | null {
  const bare = domain.trim().replace(/\.$/, '');
  if (readLiteral(bare) !== null) return bare.toLowerCase();
  if (!/^[^\s/?#@:[\]\\%]+$/.test(bare)) return null;
  const ascii = domainToASCII(bare);
  const labels = ascii.split('.');
  const valid =
    ascii.length > 0 && ascii.length <= 253 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
  return valid ? ascii : null;
}

/** The address with its domain in that form: what hosts are found by (RFC 5891). One that has none stays as it is. */
export function toAsciiAddress(address: string): string {
  const parts = splitAddress(address);
  const domain = parts === null ? null : toAsciiDomain(parts.domain);
  return parts === null || domain === null ? address : `${parts.local}@${domain}`;
}

/** How two addresses are compared whose domains may come in ASCII or in letters (RFC 5891). */
export function foldAsciiAddress(address: string): string {
  return foldAddress(toAsciiAddress(address));
}

/** The address of `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321 4.1.3), else null. */
export function readLiteral(domain: string): string | null {
  const match = /^\[(?:(ipv6):)?([^\]]+)\]$/i.exec(domain);
  if (match === null) return null;
  const address = match[2] ?? '';
  if (match[1] === undefined) return isIPv4(address) ? address : null;
  return isIPv6(address) ? address : null;
}
