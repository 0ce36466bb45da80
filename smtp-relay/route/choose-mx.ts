import { foldHost } from '../../common/host.ts';

/** One MX record; `exchange` is empty for the null MX (RFC 7505). */
export interface MxRecord {
  exchange: string;
  priority: number;
}

export type MxChoice =
  | { kind: 'hosts'; hosts: string[] }
  /** No MX record: the domain itself is the host (RFC 5321 5.1, "implicit MX"). */
  | { kind: 'implicit'; hosts: [string] }
  /** RFC 7505: this domain takes no mail. */
  | { kind: 'null-mx' }
  /** We are the best host of that domain ourselves: sending would come back to us. */
  | { kind: 'loop' };

/** More hosts than this are not tried in one go; a longer list serves nobody but a prankster. */
const MAX_HOSTS = 8;

/**
 * Hosts in the order in which they are tried (RFC 5321 5.1): by preference, equal ones shuffled. Of
 * the hosts at or behind our own preference none is used, for each of them could send it to us again.
 */
export function chooseMx(
  domain: string,
  records: readonly MxRecord[],
  options: { ownNames: ReadonlySet<string>; random: () => number },
): MxChoice {
  if (records.length === 0) {
    return options.ownNames.has(domain) ? { kind: 'loop' } : { kind: 'implicit', hosts: [domain] };
  }
  const named = records
    .map((record) => ({ ...record, exchange: foldHost(record.exchange) }))
    .filter((record) => record.exchange !== '');
  if (named.length === 0) return { kind: 'null-mx' };
  const own = named.filter((record) => options.ownNames.has(record.exchange));
  const limit = own.length === 0 ? Infinity : Math.min(...own.map((record) => record.priority));
  const usable = named
    .filter((record) => record.priority < limit)
    .map((record) => ({ ...record, shuffle: options.random() }))
    .sort((a, b) => a.priority - b.priority || a.shuffle - b.shuffle);
  const hosts = [...new Set(usable.map((record) => record.exchange))].slice(0, MAX_HOSTS);
  return hosts.length === 0 ? { kind: 'loop' } : { kind: 'hosts', hosts };
}
