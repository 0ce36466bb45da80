import { splitAddress } from '../../common/envelope.ts';
import type { RouteProblem } from '../../common/shapes/route.ts';
import type { Resolve } from '../../server-kit/cached-resolver.ts';
import { readLiteral } from '../../server-kit/mail-domain.ts';
import type { Suppressions } from '../suppression/suppressions.ts';
import { chooseMx, type MxRecord } from './choose-mx.ts';
import { domainOf } from './destination.ts';

export interface RecipientOptions {
  /** Waits for no answer for long. */
  resolve: Resolve;
  ownNames: ReadonlySet<string>;
  suppressions: Pick<Suppressions, 'listSuppressed'>;
}

/** Domains of one mail that are looked up; those behind them are found out when it is sent. */
const MOST_DOMAINS = 50;

/**
 * Recipients that will fail for good, as far as is known before sending: suppressed ones, domains that do not exist or
 * take no mail. By another's server that may know other names than our DNS, a domain is only warned of.
 */
export async function checkRecipients(
  options: RecipientOptions,
  user: string,
  to: readonly string[],
  byMx: boolean,
): Promise<RouteProblem[]> {
  const addresses = [...new Set(to.map((address) => address.trim()))].filter(
    (address) => splitAddress(address) !== null,
  );
  const suppressed = await options.suppressions.listSuppressed(user, addresses);
  const rest = addresses.filter((address) => !suppressed.has(address));
  const byDomain = Map.groupBy(rest, domainOf);
  const reasons = await Promise.all(
    [...byDomain.keys()]
      .slice(0, MOST_DOMAINS)
      .map(async (domain) => [domain, await findReason(options, domain)] as const),
  );
  const problems = [...suppressed].map(([address, { reason }]) =>
    describe(address, 'suppressed', 'refuse', { address, because: reason }),
  );
  for (const [domain, reason] of reasons) {
    if (reason === null) continue;
    const severity = byMx ? 'refuse' : 'warn';
    for (const address of byDomain.get(domain) ?? []) {
      problems.push(describe(address, reason, severity, { address, host: domain }));
    }
  }
  return problems;
}

function describe(
  address: string,
  reason: string,
  severity: RouteProblem['severity'],
  params: RouteProblem['params'],
): RouteProblem {
  return { code: 'recipient-refused', reason, remedy: null, severity, address, params };
}

/** Why no mail can go to the domain; null when it can, or DNS does not say in time. */
async function findReason(options: RecipientOptions, domain: string): Promise<string | null> {
  if (domain === '' || readLiteral(domain) !== null) return null;
  try {
    return await askReason(options, domain);
  } catch {
    return null;
  }
}

async function askReason({ resolve, ownNames }: RecipientOptions, domain: string): Promise<string | null> {
  let records: MxRecord[] = [];
  try {
    records = (await resolve(domain, 'MX')) as MxRecord[];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOTFOUND') return 'no-such-domain';
    if (code !== 'ENODATA') throw error;
  }
  const { kind } = chooseMx(domain, records, { ownNames, random: () => 0 });
  return kind === 'null-mx' ? 'null-mx' : kind === 'loop' ? 'mail-loop' : null;
}
