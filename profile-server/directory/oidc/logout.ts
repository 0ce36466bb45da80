import type { ProfileContext } from '../../context.ts';
import { isSafeUrl } from '../../oauth/provider/provider-rule.ts';
import { translate } from './exchange.ts';
import { demandProvider } from './provider/providers.ts';

/** Where a person signs out at the provider (OpenID Connect RP-Initiated Logout 1.0, 2); our own page where it has none. */
export async function findLogoutPage(server: ProfileContext, id: string): Promise<string> {
  const provider = await demandProvider(server, id);
  const home = new URL('/', server.settings.publicUrl).href;
  if (!provider.logout) return home;
  const { as } = await translate(provider, [], async () => await server.discovery.find(provider.issuer));
  const page = as.end_session_endpoint;
  if (page === undefined || !isSafeUrl(page)) return home;
  const url = new URL(page);
  url.searchParams.set('client_id', provider.clientId);
  url.searchParams.set('post_logout_redirect_uri', home);
  return url.href;
}
