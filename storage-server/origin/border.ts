import ipaddr from 'ipaddr.js';
import type { Hop } from './hop.ts';

/** Where a mail came into the recipient's provider from outside. */
export interface Border {
  /** Which Received line says so, counted from the top. */
  index: number;
  ip: string;
  helo: string | null;
}

/** What is known of the recipient's provider. */
export interface Provider {
  /** Host names and domains: its POP3 server, its MX hosts. */
  hosts: readonly string[];
  /** Whether two names belong to one organisation. */
  same(a: string, b: string): boolean;
}

const MOST_HOPS = 20;

/**
 * Walks down the Received lines from the topmost, which the provider wrote, through those by which its own machines
 * handed the mail to each other, to the first that took it from outside. Below that line all is the sender's word and
 * is not read. An own machine is known by an address that nobody outside can have, or by the name that the server
 * itself looked up; never by what the client said of itself. Null where that cannot be told: better no judgement than
 * one over the wrong address.
 */
export function findBorder(hops: readonly Hop[], provider: Provider): Border | null {
  const top = hops[0]?.by ?? null;
  const hosts = top === null || isInternalName(top) ? provider.hosts : [...provider.hosts, top];
  const own = (name: string): boolean => hosts.some((host) => provider.same(host, name));
  for (const [index, hop] of hops.slice(0, MOST_HOPS).entries()) {
    if (hop.by !== null && !isInternalName(hop.by) && !own(hop.by)) return null;
    if (hop.local) continue;
    if (hop.ip === null) {
      // Without any client: a queue run. With one that left no address: nobody can tell.
      if (hop.helo === null && hop.name === null) continue;
      return null;
    }
    if (isInternalAddress(hop.ip)) continue;
    if (hop.name !== null && own(hop.name)) continue;
    // It may be one of the provider's own, or say so.
    if (hop.name === null && hop.helo !== null && own(hop.helo)) return null;
    return { index, ip: hop.ip, helo: hop.helo };
  }
  return null;
}

const INTERNAL = new Set([
  'private',
  'loopback',
  'linkLocal',
  'uniqueLocal',
  'carrierGradeNat',
  'unspecified',
]);

function isInternalAddress(ip: string): boolean {
  return INTERNAL.has(ipaddr.process(ip).range());
}

function isInternalName(name: string): boolean {
  return !name.includes('.') || /\.(?:local|localdomain|internal|lan|home|corp|intern)$/.test(name);
}
