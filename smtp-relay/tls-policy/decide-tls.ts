import type { NextHop } from '../route/next-hop.ts';
import type { Refusal } from '../reply/classify.ts';
import { isNamed, type StsPolicy } from './sts-policy.ts';

export interface TlsQuestion {
  /** The recipients' MX host, the operator's host for all, or an account's. */
  way: 'mx' | 'operator' | 'smarthost';
  /** What the route itself asks. */
  tls: NextHop['tls'];
  host: string;
  /** MTA-STS of the recipients' domain, not expired; asked for by MX only. */
  policy: StsPolicy | null;
  /** REQUIRETLS of the sender (RFC 8689 2). */
  requireTls: boolean;
  /** `TLS-Required: No` of the sender (RFC 8689 3). */
  tlsOptional: boolean;
}

export type TlsDecision =
  /** `starttls` and `implicit` are verified; `announced`: the host has to know REQUIRETLS too. */
  | { kind: 'go'; tls: NextHop['tls']; announced: boolean; because: 'mta-sts' | 'requiretls' | null }
  | { kind: 'refuse'; refusal: Refusal };

/** What a session to this host must be for this mail. What is demanded is never given up later. */
export function decideTls(question: TlsQuestion): TlsDecision {
  const { way, tls, host, policy, requireTls } = question;
  // REQUIRETLS is the stronger of the sender's two wishes (RFC 8689 4.1).
  const optional = question.tlsOptional && !requireTls;
  const enforced = way === 'mx' && policy?.mode === 'enforce' && !optional;
  if (enforced && !isNamed(policy, host)) return { kind: 'refuse', refusal: refuseUnnamed(host) };
  if (requireTls && tls === 'none') return { kind: 'refuse', refusal: refuseUnpromised() };
  const verified = tls === 'opportunistic' && (enforced || requireTls);
  return {
    kind: 'go',
    tls: verified ? 'starttls' : tls,
    announced: requireTls,
    because: requireTls ? 'requiretls' : enforced ? 'mta-sts' : null,
  };
}

/** RFC 8461 5: such a host is not used; its owner or the policy is mended meanwhile. */
function refuseUnnamed(host: string): Refusal {
  return {
    outcome: 'temporary',
    reason: 'tls/mta-sts',
    code: null,
    enhanced: '4.7.5',
    serverLine: `${host} is not named by the MTA-STS policy`,
  };
}

/** RFC 8689 5: nothing else may be tried with this mail. */
export function refuseUnpromised(): Refusal {
  return {
    outcome: 'permanent',
    reason: 'tls/requiretls',
    code: null,
    enhanced: '5.7.30',
    serverLine: null,
  };
}

/**
 * A failed session under a demand: the demand is why it was not tried otherwise. REQUIRETLS sends the mail back (RFC 8689
 * 4.2.1) where the host cannot do it, not where it was disturbed.
 */
export function explainDemand(refusal: Refusal, because: 'mta-sts' | 'requiretls' | null): Refusal {
  if (refusal.reason !== 'tls' || because === null) return refusal;
  if (because === 'mta-sts') return { ...refusal, reason: 'tls/mta-sts', enhanced: '4.7.5' };
  if (refusal.isLasting !== true) return refusal;
  return { ...refuseUnpromised(), code: refusal.code, serverLine: refusal.serverLine };
}
