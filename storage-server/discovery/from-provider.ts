import type { Provider, ProviderServer } from '../../common/providers/provider.ts';
import type { Pop3Settings, SmtpSettings } from '../../common/shapes/account.ts';
import type { DiscoveredSettings, Discovery } from '../../common/shapes/discovery.ts';

/** What the table says of an address of the provider itself or of a customer's domain; null for one without POP3. */
export function settingsOfProvider(
  provider: Provider,
  email: string,
  whose: 'own' | 'customer',
): DiscoveredSettings | null {
  const customers = whose === 'customer' ? provider.customers : undefined;
  const pop3 = customers?.pop3 ?? provider.pop3;
  if (pop3 === null) return null;
  const smtp = customers?.smtp ?? provider.smtp;
  // Customers' domains share a provider, so there the name before the @ would not be unique.
  const user = provider.login === 'local' && whose === 'own' ? email.slice(0, email.lastIndexOf('@')) : email;
  const auth = provider.needs.includes('oauth') ? (provider.oauth?.sasl ?? 'auto') : 'auto';
  return {
    source: 'provider',
    pop3: describePop3(pop3, user, auth),
    smtp: smtp && describeSmtp(smtp, user, auth),
  };
}

export function describeProvider(provider: Provider): NonNullable<Discovery['provider']> {
  const { id, name, needs, help } = provider;
  return { id, name, needs: [...needs], help, oauth: provider.oauth === null ? null : id };
}

function describePop3(
  { host, port, tls }: ProviderServer,
  user: string,
  auth: Pop3Settings['auth'],
): Pop3Settings {
  return { host, port, tls, user, auth };
}

function describeSmtp(
  { host, port, tls }: ProviderServer,
  user: string,
  auth: 'auto' | 'xoauth2' | 'oauthbearer',
): SmtpSettings {
  return { host, port, tls, user, auth };
}
