import { MINUTE, SECOND } from '../../../common/time.ts';
import { findProviderOfHost } from '../../../common/providers/find-provider.ts';
import type { PoolLimits } from './session-pool.ts';

const GENERAL: PoolLimits = { connections: 20, mails: 100, idle: 10 * SECOND, age: 5 * MINUTE };

/** What a host lets one credential do, as far as it is known (common/providers). */
export function findLimits(host: string): PoolLimits & { perMinute: number | null } {
  const known = findProviderOfHost(host)?.submission ?? {};
  return {
    ...GENERAL,
    connections: known.connections ?? GENERAL.connections,
    mails: known.mailsPerConnection ?? GENERAL.mails,
    perMinute: known.mailsPerMinute ?? null,
  };
}
