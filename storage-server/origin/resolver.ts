import { MINUTE, SECOND, type Millis } from '../../common/time.ts';
import { makeDnsResolver } from '../../server-kit/dns-resolver.ts';

/** As mailauth asks: rejects with Node's codes (ENOTFOUND, ENODATA, ETIMEOUT …). */
export type Resolve = (name: string, type: string) => Promise<unknown>;

const KEPT = { found: 10 * MINUTE, missing: 5 * MINUTE, failed: 15 * SECOND } as const;
const MOST_KEPT = 5000;

/** Asks the resolver of the settings, null the system's; what was asked a moment ago is not asked again. */
export function makeResolver(dns: { host: string; port: number } | null): Resolve {
  const resolver = makeDnsResolver(dns, 3 * SECOND);
  const answers = new Map<string, { answer: Promise<unknown>; until: Millis }>();
  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const known = answers.get(key);
    if (known !== undefined && known.until > Date.now()) return await known.answer;
    answers.delete(key);
    const answer = resolver.resolve(name, type);
    const entry = { answer, until: Number.POSITIVE_INFINITY };
    answers.set(key, entry);
    const oldest = answers.size > MOST_KEPT ? answers.keys().next().value : undefined;
    if (oldest !== undefined) answers.delete(oldest);
    try {
      const found = await answer;
      entry.until = Date.now() + KEPT.found;
      return found;
    } catch (error) {
      entry.until = Date.now() + (isMissing(error) ? KEPT.missing : KEPT.failed);
      throw error;
    }
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOTFOUND' || code === 'ENODATA';
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
