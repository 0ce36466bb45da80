import { foldHost, readDomain } from '../host.ts';
import type { Provider, ProviderServer } from './provider.ts';
import { PROVIDERS } from './providers.ts';

const byDomain = new Map<string, Provider>();
const byHost = new Map<string, Provider>();
for (const provider of PROVIDERS) {
  for (const domain of provider.domains) byDomain.set(domain, provider);
  for (const server of listServers(provider)) byHost.set(server.host, provider);
}

/** The provider whose own domain an e-mail address has. */
export function findProviderOfAddress(email: string): Provider | null {
  return byDomain.get(readDomain(email)) ?? null;
}

/** The provider whose POP3 or submission server `host` is. */
export function findProviderOfHost(host: string): Provider | null {
  return byHost.get(foldHost(host)) ?? null;
}

/** The provider whose customer a domain with these MX hosts is; the first host that is known decides. */
export function findProviderByMx(mxHosts: readonly string[]): Provider | null {
  for (const mx of mxHosts.map(foldHost)) {
    const found = PROVIDERS.find(({ mxEnds }) => mxEnds?.some((end) => mx === end || mx.endsWith(`.${end}`)));
    if (found !== undefined) return found;
  }
  return null;
}

function listServers({ pop3, smtp, customers }: Provider): ProviderServer[] {
  return [pop3, smtp, customers?.pop3, customers?.smtp].filter(
    (server) => server !== null && server !== undefined,
  );
}
