import type { Millis } from '../common/time.ts';
import { makeDnsResolver } from './dns-resolver.ts';

/** Asks DNS as mailauth does: answers as Node's `resolve`, rejects with Node's codes (ENOTFOUND, ENODATA, ETIMEOUT …). */
export type Resolve = (name: string, type: string) => Promise<unknown>;

/** How long answers are kept: Node does not tell the TTL of most records, so these stand for it. */
export interface KeptFor {
  found: Millis;
  /** No such name, or none of that type. */
  missing: Millis;
  failed: Millis;
}

const MOST_KEPT = 5000;

/** Asks `dns` (VALIJA_DNS), null the system's servers; what was asked a moment ago, or is being asked, is not asked again. */
export function makeCachedResolver(
  dns: { host: string; port: number } | null,
  options: { timeout: Millis; kept: KeptFor },
): Resolve {
  const { kept } = options;
  const resolver = makeDnsResolver(dns, options.timeout);
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
      entry.until = Date.now() + kept.found;
      return found;
    } catch (error) {
      entry.until = Date.now() + (isMissing(error) ? kept.missing : kept.failed);
      throw error;
    }
  };
}

/** DNS said that there is nothing, which is an answer. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

/** The TXT records of a name, each in one piece; none when there are none. Rejects when DNS does not answer. */
export async function askTexts(resolve: Resolve, name: string): Promise<string[]> {
  try {
    const records = (await resolve(name, 'TXT')) as string[][];
    return records.map((pieces) => pieces.join(''));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
