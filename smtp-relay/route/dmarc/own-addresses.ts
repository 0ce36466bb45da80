import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { Resolve } from '../../../server-kit/cached-resolver.ts';
import { findAddresses } from './check-spf.ts';

/**
 * Where mail by MX comes from, as others see it: `given` (VALIJA_RELAY_ADDRESSES), else the public addresses of this
 * machine and those of the name that it says in EHLO. Behind NAT that may be none.
 */
export async function findOwnAddresses(
  resolve: Resolve,
  { given, helo }: { given: readonly string[] | null; helo: string },
): Promise<string[]> {
  if (given !== null) return [...given];
  const local = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
  const named = helo.startsWith('[') ? [] : await findAddresses(resolve, helo).catch(() => []);
  return [...new Set([...local, ...named])].filter(isPublic);
}

/** An IP address that others can reach us at; no name is one. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
