import { foldHost } from '../../common/host.ts';
import { SECOND } from '../../common/time.ts';
import { makeDnsResolver } from '../../server-kit/dns-resolver.ts';

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
  const resolver = makeDnsResolver(server, 2 * SECOND);
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
