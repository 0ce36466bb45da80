import { resolvePolicy } from 'mailauth/lib/mta-sts.js';
import { SECOND } from '../../common/time.ts';
import { makeDnsResolver } from '../../server-kit/dns-resolver.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';

/** Asks a domain for its policy: a name server and a web server of its own. */
export interface PolicySource {
  /** The id in `_mta-sts.DOMAIN`; null when there is none. Rejects when DNS cannot tell. */
  findId(domain: string): Promise<string | null>;
  /** The policy file. Rejects when it cannot be had, also for a wrong certificate or media type. */
  fetchFile(domain: string): Promise<string>;
}

/** RFC 8461 3.3 allows 64 KB. */
const MAX_BYTES = 64 * 1024;
/** A mail waits for it, but only the first one to a domain. */
const FETCH_LIMIT = 15 * SECOND;
const DNS_LIMIT = 2 * SECOND;

export function makePolicySource(options: {
  guard: EgressGuard;
  dns: { host: string; port: number } | null;
  /** VALIJA_MTA_STS_PORT. */
  port: number;
}): PolicySource {
  const dns = makeDnsResolver(options.dns, DNS_LIMIT);
  const resolver = async (name: string): Promise<string[][]> => await dns.resolveTxt(name);
  return {
    findId: async (domain) => {
      const id = await resolvePolicy(domain, { resolver });
      return id === false ? null : id;
    },
    fetchFile: async (domain) => {
      const answer = await fetchGuarded(
        options.guard,
        `https://mta-sts.${domain}:${options.port}/.well-known/mta-sts.txt`,
        { method: 'GET', timeoutMs: FETCH_LIMIT, maxBytes: MAX_BYTES },
      );
      // RFC 8461 3.3: redirects are not followed, and only 200 counts.
      if (answer.status !== 200) throw new Error(`mta-sts.${domain} answers with status ${answer.status}`);
      // RFC 8461 3.2: a page that a stranger may put up there is no policy. Parameters do not count.
      const type = (answer.headers.get('content-type') ?? '').replace(/;.*/, '').trim().toLowerCase();
      if (type !== 'text/plain') throw new Error(`mta-sts.${domain} answers with media type ${type}`);
      return await answer.text();
    },
  };
}
