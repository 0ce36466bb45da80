import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import type { Millis } from '../common/time.ts';

/** Node's resolver with two tries of `timeout` each; `server` is VALIJA_DNS, null asks the servers of the system. */
export function makeDnsResolver(server: { host: string; port: number } | null, timeout: Millis): Resolver {
  const resolver = new Resolver({ timeout, tries: 2 });
  if (server !== null) {
    const host = isIPv6(server.host) ? `[${server.host}]` : server.host;
    resolver.setServers([`${host}:${server.port}`]);
  }
  return resolver;
}
