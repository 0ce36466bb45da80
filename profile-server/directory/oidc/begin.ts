import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import type { ProfileContext } from '../../context.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { isSafeUrl } from '../../oauth/provider/provider-rule.ts';
import { translate } from './exchange.ts';
import { PENDING_LIFE, type Pending, type Purpose } from './pending.ts';
import { demandProvider } from './provider/providers.ts';

export function nameRedirect(server: Pick<ProfileContext, 'settings'>): string {
  return new URL('/session/oidc/callback', server.settings.publicUrl).href;
}

/**
 * The page of the provider that asks the person, and what this browser keeps meanwhile (OpenID Connect Core 3.1.2 with
 * PKCE). MailError `not-found`, or `unavailable` when the provider cannot be asked what its page is.
 */
export async function beginSignIn(
  server: ProfileContext,
  id: string,
  purpose: Purpose,
  back: Pending['back'],
): Promise<{ url: string; pending: Pending }> {
  const provider = await demandProvider(server, id);
  const { as } = await translate(
    provider,
    [provider.clientSecret],
    async () => await server.discovery.find(provider.issuer),
  );
  const page = as.authorization_endpoint;
  if (page === undefined || !isSafeUrl(page)) {
    throw new MailError('unavailable', 'no safe page to sign in', {
      reason: 'oauth-client',
      params: { provider: provider.name },
    });
  }
  const secret = (): string => makeSecretToken(server.random);
  const pending: Pending = {
    provider: id,
    purpose,
    state: secret(),
    nonce: secret(),
    verifier: secret(),
    back,
    expiresAt: server.clock.now() + PENDING_LIFE,
  };
  const url = new URL(page);
  const params = {
    response_type: 'code',
    client_id: provider.clientId,
    redirect_uri: nameRedirect(server),
    scope: provider.scopes.join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return { url: url.href, pending };
}
