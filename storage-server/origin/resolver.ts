import { MINUTE, SECOND, type Millis } from '../../common/time.ts';
import { makeCachedResolver, type Resolve } from '../../server-kit/cached-resolver.ts';

export type { Resolve };

const KEPT = { found: 10 * MINUTE, missing: 5 * MINUTE, failed: 15 * SECOND } as const;

/** Asks the resolver of the settings, null the system's; what was asked a moment ago is not asked again. */
export function makeResolver(dns: { host: string; port: number } | null): Resolve {
  return makeCachedResolver(dns, { timeout: 3 * SECOND, kept: KEPT });
}

/** Of one mail: a sender's signatures and records may not make us ask without end. */
export function limitResolver(resolve: Resolve, limits: { lookups: number; deadline: Millis }): Resolve {
  let left = limits.lookups;
  const fail = (code: string): never => {
    throw Object.assign(new Error(`no more lookups for this mail: ${code}`), { code });
  };
  return async (name, type) => {
    left -= 1;
    if (left < 0) fail('ENOTFOUND');
    const rest = limits.deadline - Date.now();
    if (rest <= 0) fail('ETIMEOUT');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error('too late'), { code: 'ETIMEOUT' })), rest);
    });
    try {
      return await Promise.race([resolve(name, type), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
