import type { SmtpSettings } from '../../../common/shapes/account.ts';
import type { DiscoverySource } from '../../../common/shapes/discovery.ts';

/** A submission server that somebody named for the domain. */
export interface FoundSubmission {
  source: DiscoverySource;
  smtp: SmtpSettings;
  /** It took a TLS connection with a good certificate and sign-ins just now. */
  verified: boolean;
  /** Ask the user first; see `DiscoveredSettings`. */
  confirm: boolean;
}

/** The server that goes with POP3 settings of a source: one that works, of the same source first; null when none may be proposed. */
export function chooseSubmission(
  found: readonly FoundSubmission[],
  source: DiscoverySource,
): FoundSubmission | null {
  const order = (one: FoundSubmission): number =>
    (one.verified ? 0 : 4) + (one.confirm ? 2 : 0) + (one.source === source ? 0 : 1);
  return found.toSorted((a, b) => order(a) - order(b))[0] ?? null;
}

/** The names that submission servers have, best first; at most one MX host. */
export function listSubmissionHosts(domain: string, mxHosts: readonly string[]): string[] {
  const hosts = [`smtp.${domain}`, `mail.${domain}`, domain, ...mxHosts.slice(0, 1)];
  return [...new Set(hosts)];
}
