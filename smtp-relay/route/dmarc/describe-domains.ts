import type { DomainState } from '../../../common/shapes/route.ts';
import type { Resolve } from '../../../server-kit/cached-resolver.ts';
import type { DkimKey } from '../../dkim/keys.ts';
import { lookUpRecord } from '../../dkim/look-up-record.ts';
import { findPolicy } from './find-policy.ts';

/** What this relay signs with for each domain, what of it is in DNS, and the policy that receivers follow. */
export async function describeDomains(
  domains: readonly string[],
  context: { resolve: Resolve; findKeys: (domain: string) => Promise<readonly DkimKey[]> },
): Promise<DomainState[]> {
  return await Promise.all(domains.map(async (domain) => await describeDomain(domain, context)));
}

async function describeDomain(
  domain: string,
  { resolve, findKeys }: Parameters<typeof describeDomains>[1],
): Promise<DomainState> {
  const [keys, facts] = await Promise.all([findKeys(domain), findPolicy(resolve, domain).catch(() => null)]);
  const dkim = await Promise.all(
    keys.map(async (key): Promise<DomainState['dkim'][number]> => {
      const { record, state } = await lookUpRecord(resolve, key);
      return { selector: key.selector, ...record, state };
    }),
  );
  return { domain, dkim, policy: facts?.policy ?? null };
}
