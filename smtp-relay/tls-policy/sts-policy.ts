import { parsePolicy, validateMx } from 'mailauth/lib/mta-sts.js';
import { SECOND, type Millis } from '../../common/time.ts';

/** What a domain says of its MX hosts (RFC 8461 3.2). */
export interface StsPolicy {
  /** From the TXT record; another id means another policy. */
  id: string;
  mode: 'enforce' | 'testing' | 'none';
  /** Names of MX hosts, also `*.example.org`. */
  hosts: string[];
  fetchedAt: Millis;
  expiresAt: Millis;
}

/** A policy file as fetched; null when it is none that RFC 8461 knows: as if there were no policy. */
export function readPolicy(file: string, id: string, now: Millis): StsPolicy | null {
  try {
    const { mode, mx, maxAge } = parsePolicy(file);
    if (maxAge === undefined) return null;
    if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return null;
    return { id, mode, hosts: mx ?? [], fetchedAt: now, expiresAt: now + maxAge * SECOND };
  } catch {
    return null;
  }
}

/** Whether a host is one of those that the policy names; a wildcard stands for exactly one label (RFC 8461 4.1). */
export function isNamed(policy: StsPolicy, host: string): boolean {
  return validateMx(host, { mode: 'enforce', mx: policy.hosts }).valid;
}
