import { askTexts, type Resolve } from '../../../server-kit/cached-resolver.ts';
import { choosePolicy, readDmarcRecord } from './dmarc-record.ts';
import type { PolicyFacts } from './judge-sender.ts';
import { findOrganisation } from './organisation.ts';

/** The policy that counts for a domain: its own record, else its organisation's (RFC 7489 6.6.3). Rejects when DNS does not answer. */
export async function findPolicy(resolve: Resolve, domain: string): Promise<PolicyFacts> {
  const organisation = findOrganisation(domain);
  for (const place of new Set([domain, organisation])) {
    const record = readDmarcRecord(await askTexts(resolve, `_dmarc.${place}`));
    if (record === null) continue;
    const { adkim, aspf } = record;
    return { domain: place, policy: choosePolicy(record, place !== domain), adkim, aspf };
  }
  return { domain, policy: null, adkim: 'r', aspf: 'r' };
}
