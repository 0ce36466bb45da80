import type { NextHop } from '../route/next-hop.ts';
import type { StsPolicy } from './sts-policy.ts';

/** What a mail can count on, as `route explain` says it. */
export type TlsPolicyName = 'mta-sts' | 'mta-sts-testing' | 'opportunistic' | 'verified' | 'none';

/** `policy`: of the recipients' domain, for what goes by MX; else null. */
export function nameTlsPolicy(tls: NextHop['tls'], policy: StsPolicy | null): TlsPolicyName {
  if (tls === 'none') return 'none';
  if (tls !== 'opportunistic') return 'verified';
  if (policy?.mode === 'enforce') return 'mta-sts';
  return policy?.mode === 'testing' ? 'mta-sts-testing' : 'opportunistic';
}
