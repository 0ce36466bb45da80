import { isIP } from 'node:net';
import { spf } from 'mailauth/lib/spf/index.js';
import { findProviderOfAddress } from '../../../common/providers/find-provider.ts';
import { isMissing, type Resolve } from '../../../server-kit/cached-resolver.ts';

export type SpfAnswer = 'pass' | 'fail' | 'unknown';

/**
 * Whether the SPF record of a domain (RFC 7208) lets these addresses send for it: `pass` only where it lets them all, for
 * any of them may be the one. Without a known address what a stranger's domain allows stays `unknown`, unless it has no
 * record at all, or is a provider's, whose addresses are its own.
 */
export async function checkSpf(
  resolve: Resolve,
  domain: string,
  { addresses, helo }: { addresses: readonly string[]; helo: string },
): Promise<SpfAnswer> {
  if (addresses.length === 0 && findProviderOfAddress(`x@${domain}`) !== null) return 'fail';
  const probed = addresses.length === 0 ? ['192.0.2.1'] : addresses;
  const results = await Promise.all(
    probed.map(async (ip) => {
      const answer = await spf({ sender: `postmaster@${domain}`, ip, helo, resolver: resolve as never });
      return answer.status.result;
    }),
  );
  if (results.includes('temperror')) return 'unknown';
  if (addresses.length === 0) return results[0] === 'none' ? 'fail' : 'unknown';
  if (results.every((result) => result === 'pass')) return 'pass';
  return results.some((result) => result === 'pass') ? 'unknown' : 'fail';
}

/** The addresses of a host; none when it has none. Rejects when DNS does not answer. */
export async function findAddresses(resolve: Resolve, host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const ask = async (type: string): Promise<string[]> => {
    try {
      return (await resolve(host, type)) as string[];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  };
  return (await Promise.all([ask('A'), ask('AAAA')])).flat();
}
