import {
  findProviderByMx,
  findProviderOfAddress,
  findProviderOfHost,
} from '../../../common/providers/find-provider.ts';
import { foldHost } from '../../../common/host.ts';
import { isMissing, type Resolve } from '../../../server-kit/cached-resolver.ts';
import { toAsciiAddress } from '../../../server-kit/mail-domain.ts';
import { checkSpf, findAddresses } from './check-spf.ts';
import { findOrganisation } from './organisation.ts';

export type HostAnswer = 'own' | 'customer' | 'spf' | 'unknown' | 'other';

/**
 * As whom an account's server may speak for a domain (A-labels, RFC 5890), by what can be known without sending: `own` for
 * the account's own domain, the provider's and the host's; `customer` where the domain's mail is kept there; `spf` where
 * the domain's SPF names that server; `other` where nothing speaks for it. Rejects when DNS does not answer.
 */
export async function judgeHost(
  resolve: Resolve,
  { domain, email, host, helo }: { domain: string; email: string | null; host: string; helo: string },
): Promise<HostAnswer> {
  const provider = findProviderOfHost(host);
  const rightful = findProviderOfAddress(`x@${domain}`);
  // Known both, and strangers to each other: also the account's own address is none of that server's.
  const foreign = rightful !== null && provider !== null && rightful !== provider;
  const own = email === null ? '' : toAsciiAddress(email).toLowerCase();
  if (!foreign && own.endsWith(`@${domain}`)) return 'own';
  if (rightful !== null) return rightful === provider ? 'own' : 'other';
  const organisation = findOrganisation(foldHost(host));
  if (organisation === findOrganisation(domain)) return 'own';
  const mxHosts = await findMxHosts(resolve, domain);
  if (provider !== null && findProviderByMx(mxHosts) === provider) return 'customer';
  if (mxHosts.some((mx) => findOrganisation(mx) === organisation)) return 'customer';
  const addresses = await findAddresses(resolve, host);
  if (addresses.length === 0) return 'other';
  const answer = await checkSpf(resolve, domain, { addresses, helo });
  return answer === 'pass' ? 'spf' : answer === 'unknown' ? 'unknown' : 'other';
}

async function findMxHosts(resolve: Resolve, domain: string): Promise<string[]> {
  try {
    const records = (await resolve(domain, 'MX')) as { exchange: string; priority: number }[];
    return records.toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => foldHost(exchange));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
