import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { foldHost } from '../../common/host.ts';
import { SECOND } from '../../common/time.ts';

/** RFC 2782; the name is empty where the record says that there is no such service. */
export interface SrvRecord {
  name: string;
  port: number;
  priority: number;
  weight: number;
}

/** What discovery asks DNS; no answer reads as nothing found. */
export interface Dns {
  /** MX hosts, best first. */
  findMx(domain: string): Promise<string[]>;
  findSrv(name: string): Promise<SrvRecord[]>;
}

/** `server` is VALIJA_DNS; null asks the servers of the system. */
export function makeDns(server: { host: string; port: number } | null): Dns {
  const resolver = new Resolver({ timeout: 2 * SECOND, tries: 2 });
  if (server !== null) {
    const host = isIPv6(server.host) ? `[${server.host}]` : server.host;
    resolver.setServers([`${host}:${server.port}`]);
  }
  return {
    findMx: async (domain) => {
      const records = await resolver.resolveMx(domain).catch(() => []);
      return records
        .toSorted((a, b) => a.priority - b.priority)
        .map(({ exchange }) => foldHost(exchange))
        .filter((host) => host !== '');
    },
    findSrv: async (name) => {
      const records = await resolver.resolveSrv(name).catch(() => []);
      return records.map((record) => ({ ...record, name: foldHost(record.name) }));
    },
  };
}
