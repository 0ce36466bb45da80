import type { MailError } from '../../common/errors.ts';
import type { ProviderServer } from '../../common/providers/provider.ts';
import type { DiscoveredSettings } from '../../common/shapes/discovery.ts';

/** So many of one source are tried; those behind them are left out: a file may name hundreds. */
const MOST = 3;

/** Ports of submission: whoever names them for POP3 wants us to knock at somebody else's door. */
const NEVER_POP3: ReadonlySet<number> = new Set([25, 465, 587, 2525]);

/**
 * Tries the first few servers of a source. What can never work is left out: a name that does not exist or may not be reached,
 * TLS that is not there or whose certificate is not good. A server that only does not answer now stays, unverified.
 */
export async function verifySettings(
  found: readonly DiscoveredSettings[],
  greet: (server: ProviderServer) => Promise<MailError | null>,
): Promise<DiscoveredSettings[]> {
  const fit = found.filter(({ pop3 }) => pop3.tls !== 'none' && !NEVER_POP3.has(pop3.port));
  const tried = await Promise.all(
    fit.slice(0, MOST).map(async (one): Promise<DiscoveredSettings[]> => {
      const { host, port, tls } = one.pop3;
      if (tls === 'none') return [];
      const error = await greet({ host, port, tls });
      if (error === null) return [{ ...one, verified: true }];
      return isFinal(error) ? [] : [one];
    }),
  );
  return tried.flat();
}

function isFinal({ code, reason }: MailError): boolean {
  return code === 'host-not-allowed' || code === 'tls' || (code === 'dns' && reason === 'unknown-host');
}
