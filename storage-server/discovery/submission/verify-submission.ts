import type { MailError } from '../../../common/errors.ts';
import type { ProviderServer } from '../../../common/providers/provider.ts';
import type { FoundSubmission } from './choose-submission.ts';

/** So many of one source are tried; those behind them are left out. */
const MOST = 3;

/** Ports of other services: whoever names them for submission wants us to knock at somebody else's door. */
const NEVER_SUBMISSION: ReadonlySet<number> = new Set([110, 143, 993, 995]);

/**
 * Tries the first few servers of a source. What can never work is left out, as with POP3; a server that only does not
 * answer now stays, unverified.
 */
export async function verifySubmission(
  found: readonly FoundSubmission[],
  greet: (server: ProviderServer) => Promise<MailError | null>,
): Promise<FoundSubmission[]> {
  const fit = found.filter(({ smtp }) => smtp.tls !== 'none' && !NEVER_SUBMISSION.has(smtp.port));
  const tried = await Promise.all(
    fit.slice(0, MOST).map(async (one): Promise<FoundSubmission[]> => {
      const { host, port, tls } = one.smtp;
      if (tls === 'none') return [];
      const error = await greet({ host, port, tls });
      if (error === null) return [{ ...one, verified: true }];
      return isFinal(error) ? [] : [one];
    }),
  );
  return tried.flat();
}

function isFinal({ code, reason }: MailError): boolean {
  if (code === 'dns') return reason === 'unknown-host';
  return code === 'host-not-allowed' || code === 'tls' || code === 'protocol';
}
