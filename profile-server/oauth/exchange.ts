import * as oauth from 'oauth4webapi';
import { MailError, type ErrorCode } from '../../common/errors.ts';
import { judgeRefusal, type AskedFor } from './answer-rule.ts';
import { OAuthRefusal, prepareRequest, translateErrors, type Asking } from './ask-provider.ts';
import type { SignInProvider } from './provider/providers.ts';

export interface IssuedTokens {
  accessToken: string;
  /** Null when none came: at a refresh the old one stays good. */
  refreshToken: string | null;
  /** Seconds that the access token lives. */
  expiresIn: number;
  /** What was granted, where the provider says so. */
  scope: string | null;
  /** From a checked ID token: the mailbox that was signed in. */
  email: string | null;
}

export interface DeviceStart {
  deviceCode: string;
  userCode: string;
  verificationUrl: string;
  completeUrl: string | null;
  expiresIn: number;
  interval: number;
}

/** Of an access token whose life is not told. */
const USUAL_LIFE = 3600;
const LONGEST_LIFE = 90 * 24 * 3600;

/** The code flow's second half. Throws OAuthRefusal or MailError. */
export async function exchangeCode(
  asking: Asking,
  answer: { params: URLSearchParams; state: string; verifier: string; redirectUri: string },
): Promise<IssuedTokens> {
  const { as, client, auth, options } = prepareRequest(asking, [answer.params.get('code'), answer.verifier]);
  return await translateErrors(asking, options.secrets, async () => {
    const params = checkIssuer(answer.params, asking.provider);
    const checked = oauth.validateAuthResponse(as, client, params, answer.state);
    const { redirectUri, verifier } = answer;
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      auth,
      checked,
      redirectUri,
      verifier,
      options,
    );
    return readTokens(await oauth.processAuthorizationCodeResponse(as, client, response));
  });
}

/** Asks for codes of the device flow (RFC 8628 3.1). Throws OAuthRefusal or MailError. */
export async function startDevice(asking: Asking): Promise<DeviceStart> {
  const { as, client, auth, options } = prepareRequest(asking, []);
  return await translateErrors(asking, options.secrets, async () => {
    const scope = asking.provider.scopes.join(' ');
    const response = await oauth.deviceAuthorizationRequest(as, client, auth, { scope }, options);
    const started = await oauth.processDeviceAuthorizationResponse(as, client, response);
    return {
      deviceCode: started.device_code,
      userCode: started.user_code,
      verificationUrl: started.verification_uri,
      completeUrl: started.verification_uri_complete ?? null,
      expiresIn: started.expires_in,
      interval: started.interval ?? 5,
    };
  });
}

/** One question whether the user has consented yet. Throws OAuthRefusal (also `authorization_pending`) or MailError. */
export async function askDevice(asking: Asking, deviceCode: string): Promise<IssuedTokens> {
  const { as, client, auth, options } = prepareRequest(asking, [deviceCode]);
  return await translateErrors(asking, options.secrets, async () => {
    const response = await oauth.deviceCodeGrantRequest(as, client, auth, deviceCode, options);
    return readTokens(await oauth.processDeviceCodeResponse(as, client, response));
  });
}

/** Throws OAuthRefusal or MailError. */
export async function refreshTokens(asking: Asking, refreshToken: string): Promise<IssuedTokens> {
  const { as, client, auth, options } = prepareRequest(asking, [refreshToken]);
  return await translateErrors(asking, options.secrets, async () => {
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, options);
    return readTokens(await oauth.processRefreshTokenResponse(as, client, response));
  });
}

/** Whatever ended an exchange, as what the user or the account hears of it. */
export function explainExchange(error: unknown, asked: AskedFor, provider: string): MailError {
  if (error instanceof OAuthRefusal) return judgeRefusal(error.answer, asked, provider);
  if (error instanceof MailError && error.code === 'protocol' && asked === 'begin') {
    // Such as an `iss` of another provider, or an ID token that is not for us.
    return new MailError('sign-in-failed', error.message, {
      reason: 'oauth-answer',
      params: { provider },
      serverLine: error.message,
    });
  }
  if (error instanceof MailError) {
    // That a host of the admin's table cannot be reached is no fault of the mail server.
    const { retryAfter } = error;
    return new MailError('unavailable', error.message, {
      reason: error.code === 'host-not-allowed' ? 'oauth-client' : 'oauth-unavailable',
      params: { provider },
      ...(retryAfter === null ? {} : { retryAfter }),
      cause: error,
    });
  }
  return new MailError('internal', 'the exchange failed', { cause: error });
}

/** Of the sign-in itself; every other code tells of a host that could not be asked. */
const OURS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'sign-in-failed',
  'not-yet',
  'not-found',
  'invalid',
]);

/** What a failure of a sign-in under way is to its user: the provider's "no" explained, our own errors as they are. */
export function explainSignIn(error: unknown, provider: string): MailError {
  if (error instanceof MailError && OURS.has(error.code)) return error;
  return explainExchange(error, 'begin', provider);
}

/**
 * RFC 9207: the answer must come from the provider that was asked. The library compares it with a known issuer;
 * where none is known, at least the host must be that of the page the user was sent to.
 */
function checkIssuer(params: URLSearchParams, provider: SignInProvider): URLSearchParams {
  const told = params.get('iss');
  if (provider.issuer !== null || told === null) return params;
  if (URL.parse(told)?.host !== new URL(provider.authorizeUrl).host) return params;
  const rest = new URLSearchParams(params);
  rest.delete('iss');
  return rest;
}

function readTokens(answer: oauth.TokenEndpointResponse): IssuedTokens {
  const claims = oauth.getValidatedIdTokenClaims(answer);
  const email = claims?.['email'];
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    expiresIn: Math.min(answer.expires_in ?? USUAL_LIFE, LONGEST_LIFE),
    scope: answer.scope ?? null,
    email: typeof email === 'string' && claims?.['email_verified'] !== false ? email : null,
  };
}
