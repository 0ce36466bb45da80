import type { DomainState } from '../../common/shapes/route.ts';
import type { OwnDomain } from '../../common/shapes/sender.ts';
import type { Call } from '../call.ts';
import { ask, type Connection } from '../server/connection.ts';
import { translate } from '../words/words.ts';
import { formatRecord } from './format-record.ts';

/** An own domain with what vouches for its mail. */
export type DomainView = OwnDomain & Pick<DomainState, 'dkim' | 'policy'>;

/** Asks the relay for keys and records. */
export async function viewDomains(
  { relay }: Connection,
  domains: readonly OwnDomain[],
): Promise<DomainView[]> {
  if (domains.length === 0) return [];
  const states = (await ask(relay.route.domains.query({ domains: domains.map(({ domain }) => domain) })))
    .domains;
  return domains.map((one) => {
    const state = states.find(({ domain }) => domain === one.domain);
    return { ...one, dkim: state?.dkim ?? [], policy: state?.policy ?? null };
  });
}

/** A line for the domain and one for each key; the record itself where it is not in DNS as it should be. */
export function formatDomain({ domain, everybody, users, dkim, policy }: DomainView, call: Call): string {
  const words = call.words();
  const who = everybody ? words.domainEverybody : users.map(({ name }) => name).join(', ');
  const lines = [`${domain}  ${who}  DMARC: ${policy ?? '–'}`];
  if (dkim.length === 0) lines.push(`  ${words.domainNoKey}`);
  for (const { selector, name, value, state } of dkim) {
    lines.push(`  DKIM ${selector}: ${translate(words, 'dkim', state)}`);
    if (state !== 'published') lines.push(`    ${formatRecord({ name, value }, call)}`);
  }
  return lines.join('\n');
}
