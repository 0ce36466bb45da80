import * as oauth from 'oauth4webapi';
import { MailError } from '../../../common/errors.ts';
import { redact } from '../../oauth/answer-rule.ts';
import type { ProfileContext } from '../../context.ts';
import { lacksClaims, type Claims } from './claims-rule.ts';
import { ASK_LIMIT, guardRequests } from './discovery.ts';
import type { AskedProvider } from './provider/providers.ts';

/** Clocks of two machines. Seconds. */
const TOLERANCE = 120;

export interface CodeAnswer {
  params: URLSearchParams;
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/**
 * The claims of who signed in: code for tokens (PKCE), the ID token's signature, issuer, audience, nonce and times
 * checked (OpenID Connect Core 3.1.3.7), and what it does not say asked at the userinfo endpoint. MailError
 * `sign-in-failed` for an answer that proves nothing, `unavailable` for a provider that cannot answer.
 */
export async function exchangeCode(
  server: ProfileContext,
  provider: AskedProvider,
  answer: CodeAnswer,
): Promise<Claims & { sub: string }> {
  const secrets = [answer.params.get('code'), answer.verifier, provider.clientSecret];
  return await translate(provider, secrets, async () => {
    const { as, keys } = await server.discovery.find(provider.issuer);
    const client: oauth.Client = { client_id: provider.clientId, [oauth.clockTolerance]: TOLERANCE };
    const options = guardRequests(server.egress, AbortSignal.timeout(2 * ASK_LIMIT));
    const params = oauth.validateAuthResponse(as, client, answer.params, answer.state);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authenticate(provider),
      params,
      answer.redirectUri,
      answer.verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
      expectedNonce: answer.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(as, response, { ...options, [oauth.jwksCache]: keys });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (claims === undefined) throw new oauth.OperationProcessingError('no ID token');
    if (as.userinfo_endpoint === undefined || !lacksClaims(claims, provider)) return claims;
    const told = await oauth.userInfoRequest(as, client, tokens.access_token, options);
    return { ...(await oauth.processUserInfoResponse(as, client, claims.sub, told)), ...claims };
  });
}

function authenticate({ clientSecret, secretBy }: AskedProvider): oauth.ClientAuth {
  if (clientSecret === null) return oauth.None();
  return secretBy === 'header' ? oauth.ClientSecretBasic(clientSecret) : oauth.ClientSecretPost(clientSecret);
}

/** Whatever ended a sign-in at the provider, as a MailError whose line holds no token or code. */
export async function translate<T>(
  provider: Pick<AskedProvider, 'name'>,
  secrets: readonly (string | null)[],
  work: () => Promise<T>,
): Promise<T> {
  const params = { provider: provider.name };
  try {
    return await work();
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
      throw explainRefusal(error.error, redact(error.error_description ?? '', secrets), params);
    }
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      throw explainRefusal('invalid_client', '', params);
    }
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
      // Its cause may be the whole answer: only the sentence goes on.
      throw new MailError('sign-in-failed', redact(error.message, secrets), {
        reason: 'oauth-answer',
        params,
        serverLine: redact(error.message, secrets),
      });
    }
    if (error instanceof MailError) {
      const reason = error.code === 'host-not-allowed' ? 'oauth-client' : 'oidc-unavailable';
      throw new MailError('unavailable', error.message, { reason, params, cause: error });
    }
    throw error;
  }
}

function explainRefusal(error: string, description: string, params: { provider: string }): MailError {
  const serverLine = description === '' ? redact(error, []) : `${redact(error, [])}: ${description}`;
  const more = { params, serverLine };
  if (error === 'access_denied') {
    return new MailError('sign-in-failed', 'denied at the provider', { ...more, reason: 'oidc-denied' });
  }
  const temporary = error === 'temporarily_unavailable' || error === 'server_error';
  if (temporary) {
    return new MailError('unavailable', 'the provider cannot answer', {
      ...more,
      reason: 'oidc-unavailable',
    });
  }
  const setWrongly = /client|scope|redirect|unsupported|invalid_request/.test(error);
  return setWrongly
    ? new MailError('unavailable', 'the client is refused', { ...more, reason: 'oauth-client' })
    : new MailError('sign-in-failed', 'refused by the provider', { ...more, reason: 'oauth-answer' });
}
