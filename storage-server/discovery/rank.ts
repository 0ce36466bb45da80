import type { DiscoveredSettings, DiscoverySource } from '../../common/shapes/discovery.ts';

const SURENESS: readonly DiscoverySource[] = ['provider', 'autoconfig', 'srv', 'probe'];

/**
 * Best first: the provider table, then what was tried and works, then the rest, each by how sure its source is. A server found
 * twice stands once, as its surest source says (the others only guess the user name), with a submission server if one had it.
 */
export function rankSettings(found: readonly DiscoveredSettings[]): DiscoveredSettings[] {
  const order = ({ source, verified }: DiscoveredSettings): number =>
    SURENESS.indexOf(source) + (source === 'provider' || verified ? 0 : SURENESS.length);
  const ranked: DiscoveredSettings[] = [];
  for (const one of found.toSorted((a, b) => order(a) - order(b))) {
    const index = ranked.findIndex((other) => isSameServer(one, other));
    const before = ranked[index];
    if (before === undefined) ranked.push(one);
    else {
      const { smtp, smtpVerified } = before.smtp === null ? one : before;
      ranked[index] = { ...before, smtp, smtpVerified, confirm: before.confirm && one.confirm };
    }
  }
  return ranked;
}

function isSameServer({ pop3: a }: DiscoveredSettings, { pop3: b }: DiscoveredSettings): boolean {
  return a.host === b.host && a.port === b.port && a.tls === b.tls;
}
