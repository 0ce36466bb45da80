import type { Provider, ProviderServer } from '../../common/providers/provider.ts';
import type { Pop3Settings } from '../../common/shapes/account.ts';
import type { DiscoveredSettings } from '../../common/shapes/discovery.ts';
import type { AddressParts } from './address.ts';

/** What the table says of an address of the provider's own or of a customer's domain; null for one without POP3. */
export function readProvider(
  provider: Provider,
  { email, local }: Pick<AddressParts, 'email' | 'local'>,
  whose: 'own' | 'customer',
): DiscoveredSettings | null {
  const customers = whose === 'customer' ? provider.customers : undefined;
  const pop3 = customers?.pop3 ?? provider.pop3;
  if (pop3 === null) return null;
  const smtp = customers?.smtp ?? provider.smtp;
  // What stands before the @ is unique only within the provider's own domains.
  const user = provider.login === 'local' && whose === 'own' ? local : email;
  const auth = provider.needs.includes('oauth') ? (provider.oauth?.sasl ?? 'auto') : 'auto';
  return {
    source: 'provider',
    pop3: describeServer(pop3, user, auth),
    smtp: smtp === null ? null : describeServer(smtp, user, auth),
    smtpVerified: false,
    verified: false,
    confirm: false,
  };
}

/** Settings good for POP3 and for submission alike. */
export function describeServer<A extends Pop3Settings['auth']>(
  { host, port, tls }: ProviderServer,
  user: string,
  auth: A,
): ProviderServer & { user: string; auth: A } {
  return { host, port, tls, user, auth };
}
