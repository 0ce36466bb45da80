import { isIP, isIPv6 } from 'node:net';
import { foldHost } from '../common/host.ts';
import { isLoopbackHost } from '../server-kit/http/loopback.ts';
import { isPublic } from './route/dmarc/own-addresses.ts';

export interface OwnNames {
  /** Only what its public address tells anyway. */
  headers: string;
  ehlo: string;
  /** Whether the name in EHLO is one that others can look up, as hosts that mail reaches by MX want it. */
  isQualified: boolean;
}

/**
 * What the relay calls itself. In EHLO that is a full name, or an address literal where it has none (RFC 5321 4.1.1.1);
 * in lower case, as MX hosts are compared with it. `addresses`: VALIJA_RELAY_ADDRESSES; `machine`: the system's name.
 */
export function chooseNames(how: {
  relayUrl: string;
  machine: string;
  addresses: readonly string[] | null;
}): OwnNames {
  const host = foldHost(new URL(how.relayUrl).hostname.replace(/^\[|\]$/g, ''));
  const isName = isIP(host) === 0 && !isLoopbackHost(host);
  const headers = isName ? host : 'localhost';
  const name = [isName ? host : '', foldHost(how.machine)].find(isFullName);
  if (name !== undefined) return { headers, ehlo: name, isQualified: true };
  const address = isPublic(host) ? host : how.addresses?.[0];
  if (address !== undefined) return { headers, ehlo: writeLiteral(address), isQualified: false };
  return { headers, ehlo: isName ? host : '[127.0.0.1]', isQualified: false };
}

/** Names that nobody else can look up: what systems call themselves within a house (RFC 2606, 6762, 8375). */
const WITHIN = /(^|\.)(localdomain|local|internal|lan|home|home\.arpa|test|invalid)$/;

function isFullName(name: string): boolean {
  return name.includes('.') && isIP(name) === 0 && !WITHIN.test(name) && /^[a-z\d.-]+$/.test(name);
}

/** RFC 5321 4.1.3. */
function writeLiteral(address: string): string {
  return isIPv6(address) ? `[IPv6:${address.toLowerCase()}]` : `[${address}]`;
}
