import { MailError } from '../../../common/errors.ts';
import { foldHost } from '../../../common/host.ts';
import type { Provider } from '../../../common/providers/provider.ts';
import type { OAuthFlow } from '../../../common/shapes/oauth.ts';
import { isLoopbackHost } from '../../../server-kit/http/loopback.ts';
import type { ClientInput } from '../oauth-shapes.ts';

/** What a sign-in has to know of a provider; from the built-in table, from an admin, or from both. */
export interface ProviderFacts {
  name: string;
  flows: readonly OAuthFlow[];
  authorizeUrl: string;
  tokenUrl: string;
  deviceUrl: string | null;
  /** Null where it is not known: `iss` is then compared with the host of `authorizeUrl`. */
  issuer: string | null;
  scopes: readonly string[];
  extra: Readonly<Record<string, string>>;
  sasl: 'xoauth2' | 'oauthbearer';
  /** Mail servers that its tokens may be sent to, in lower case. */
  hosts: readonly string[];
}

/** Facts of a provider of the built-in table; null for one that takes passwords only. */
export function readBuiltIn(provider: Provider): ProviderFacts | null {
  const { oauth, name, pop3, smtp, customers } = provider;
  if (oauth === null) return null;
  const servers = [pop3, smtp, customers?.pop3 ?? null, customers?.smtp ?? null];
  const hosts = servers.flatMap((server) => (server === null ? [] : [foldHost(server.host)]));
  return { ...oauth, name, issuer: null, hosts: [...new Set(hosts)] };
}

/** What an admin's input says beyond the built-in facts. */
export function readOwnFacts(input: ClientInput): Partial<ProviderFacts> {
  const { name, flows, authorizeUrl, tokenUrl, deviceUrl, issuer, scopes, sasl, hosts } = input;
  const given = { name, flows, authorizeUrl, tokenUrl, deviceUrl, issuer, scopes, sasl };
  const facts = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return hosts === undefined ? facts : { ...facts, hosts: hosts.map(foldHost) };
}

/** Both together, the admin's first; MailError `invalid` names what is missing. */
export function mergeFacts(builtIn: ProviderFacts | null, own: Partial<ProviderFacts>): ProviderFacts {
  const defaults = {
    flows: ['code' as const],
    deviceUrl: null,
    issuer: null,
    extra: {},
    sasl: 'xoauth2' as const,
  };
  const facts = { ...defaults, ...builtIn, ...own };
  for (const field of ['name', 'authorizeUrl', 'tokenUrl', 'scopes', 'hosts'] as const) {
    if (facts[field] === undefined) throw refuseField(field, 'oauth-fact-missing');
  }
  const whole = facts as ProviderFacts;
  if (whole.flows.includes('device') && whole.deviceUrl === null) {
    throw refuseField('deviceUrl', 'oauth-fact-missing');
  }
  if (whole.hosts.length === 0) throw refuseField('hosts', 'oauth-fact-missing');
  for (const field of ['authorizeUrl', 'tokenUrl', 'deviceUrl'] as const) {
    const url = whole[field];
    if (url !== null && !isSafeUrl(url)) throw refuseField(field, 'oauth-url');
  }
  return whole;
}

/** Codes and tokens go only over TLS (RFC 6749 3.1, 3.2); on this very machine nobody listens in between. */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Why a token may not go there: it is good for the provider's own servers only, and never in clear (RFC 6750 5.3) beyond this machine. */
export function judgeTokenPlace(
  place: { host: string; tls: string },
  provider: { hosts: readonly string[] },
): 'oauth-host' | 'oauth-needs-tls' | null {
  if (!provider.hosts.includes(foldHost(place.host))) return 'oauth-host';
  return place.tls !== 'none' || isLoopbackHost(place.host) ? null : 'oauth-needs-tls';
}

/** MailError `invalid` as of `judgeTokenPlace`. */
export function checkTokenPlace(
  place: { host: string; tls: string },
  provider: { name: string; hosts: readonly string[] },
  field: string,
): void {
  const reason = judgeTokenPlace(place, provider);
  if (reason === 'oauth-host') {
    throw new MailError('invalid', 'the provider’s token may not go to this host', {
      reason,
      field: `${field}.host`,
      params: { host: place.host, provider: provider.name },
    });
  }
  if (reason === null) return;
  throw new MailError('invalid', 'a token needs TLS', { reason, field: `${field}.tls` });
}

/** MailError `invalid`: the account has a password, or signs in elsewhere. */
export function checkSameProvider(oauth: string | null, provider: { id: string; name: string }): void {
  if (oauth === provider.id) return;
  throw new MailError('invalid', `the account does not sign in at ${provider.id}`, {
    reason: 'oauth-other-provider',
    field: 'account',
    params: { provider: provider.name },
  });
}

function refuseField(field: string, reason: string): MailError {
  return new MailError('invalid', `${field} of the provider`, { reason, field, params: { field } });
}
