import { DAY, MINUTE, type Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { PolicySource } from './fetch-policy.ts';
import { readPolicy, type StsPolicy } from './sts-policy.ts';
import { readKeptPolicy, keepPolicy } from './sts-store.ts';

export interface PolicyFinder {
  /** MTA-STS of a domain as it holds now; null when it has none. Who cannot be asked has what was kept; rejects only when the database fails. */
  find(domain: string): Promise<StsPolicy | null>;
}

export interface FinderOptions {
  database: Database;
  source: PolicySource;
  now: () => Millis;
  log: Logger;
}

/** DNS and the database are asked again after this long, also for a domain without a policy. */
const FRESH_FOR = 5 * MINUTE;
/** A policy that is still the same is fetched anew this often, so that it does not end while its host is away. */
const REFRESH_AFTER = DAY;
/** Of that many domains the answer is kept in memory. */
const MAX_KNOWN = 10_000;

/** RFC 8461 3.3 and 5.1: what was fetched holds until it expires, whatever becomes of record and file. */
export function makePolicyFinder(options: FinderOptions): PolicyFinder {
  const { now } = options;
  const known = new Map<string, { answer: Promise<StsPolicy | null>; until: Millis }>();

  return {
    find: async (domain) => {
      if (domain === '' || domain.startsWith('[')) return null;
      const fresh = known.get(domain);
      if (fresh !== undefined && fresh.until > now()) {
        const policy = await fresh.answer;
        if (policy === null || policy.expiresAt > now()) return policy;
      }
      if (known.size >= MAX_KNOWN) known.clear();
      const answer = update(options, domain);
      known.set(domain, { answer, until: now() + FRESH_FOR });
      // Without knowing what was kept, nothing may leave in the clear.
      answer.catch(() => known.delete(domain));
      return await answer;
    },
  };
}

async function update(options: FinderOptions, domain: string): Promise<StsPolicy | null> {
  const { database, source, now, log } = options;
  const kept = await readKeptPolicy(database, domain, now());
  let id: string | null;
  try {
    id = await source.findId(domain);
  } catch (error) {
    log.info('mta-sts.no-answer', { domain, error });
    return kept;
  }
  if (id === null) return kept;
  if (kept !== null && kept.id === id && kept.fetchedAt + REFRESH_AFTER > now()) return kept;
  try {
    const policy = readPolicy(await source.fetchFile(domain), id, now());
    if (policy === null) throw new Error('the policy file is not valid');
    await keep(options, domain, policy);
    log.info('mta-sts.fetched', { domain, mode: policy.mode });
    return policy;
  } catch (error) {
    log.warn('mta-sts.not-fetched', { domain, kept: kept?.mode ?? null, error });
    return kept;
  }
}

/** A database that cannot be written makes a policy no less true: what was fetched holds as long as it is in memory. */
async function keep({ database, log }: FinderOptions, domain: string, policy: StsPolicy): Promise<void> {
  try {
    await keepPolicy(database, domain, policy);
  } catch (error) {
    log.warn('mta-sts.not-kept', { domain, mode: policy.mode, error });
  }
}
