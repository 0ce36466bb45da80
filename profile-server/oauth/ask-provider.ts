import * as oauth from 'oauth4webapi';
import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { EgressGuard } from '../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';
import { redact, type RefusedAnswer } from './answer-rule.ts';
import type { SignInProvider } from './provider/providers.ts';

/** A provider's "no" in the words of the protocol; its line holds no token or code. */
export class OAuthRefusal extends Error {
  readonly answer: RefusedAnswer;

  constructor(answer: RefusedAnswer) {
    super(`refused with ${answer.error}`);
    this.name = 'OAuthRefusal';
    this.answer = answer;
  }
}

/** Less than other parts wait for an answer of ours, and than stopping may take. */
export const ASK_LIMIT = 6 * SECOND;
const ANSWER_LIMIT = 256 * 1024;

export interface Asking {
  guard: EgressGuard;
  provider: SignInProvider;
  signal: AbortSignal;
}

/** What each request of the library needs; `secrets` are cut from what the provider says. */
export function prepareRequest({ guard, provider, signal }: Asking, secrets: readonly (string | null)[]) {
  const as: oauth.AuthorizationServer = {
    issuer: provider.issuer ?? new URL(provider.authorizeUrl).origin,
    authorization_endpoint: provider.authorizeUrl,
    token_endpoint: provider.tokenUrl,
    ...(provider.deviceUrl === null ? {} : { device_authorization_endpoint: provider.deviceUrl }),
  };
  const client: oauth.Client = { client_id: provider.clientId, [oauth.clockTolerance]: 120 };
  const { clientSecret } = provider;
  const auth = clientSecret === null ? oauth.None() : oauth.ClientSecretPost(clientSecret);
  const options = {
    // Addresses were checked when they were set: plain HTTP only on loopback.
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: async (
      url: string,
      init: { method: string; headers: Record<string, string>; body: unknown },
    ) => {
      const body = init.body instanceof URLSearchParams ? init.body.toString() : null;
      const { method, headers } = init;
      const limits = { timeoutMs: ASK_LIMIT, maxBytes: ANSWER_LIMIT, signal };
      const response = await fetchGuarded(guard, url, { method, headers, body, ...limits });
      return await adaptAnswer(response, provider.issuer !== null);
    },
    secrets: [...secrets, clientSecret],
  };
  return { as, client, auth, options };
}

/**
 * The error stands in the body (RFC 6749 5.2), whatever challenge comes beside it. An ID token is left out
 * where its issuer is not known: it could not be checked, and nothing depends on it.
 */
async function adaptAnswer(response: Response, keepIdToken: boolean): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.delete('www-authenticate');
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  const text = await response.text();
  const again = (body: string): Response => new Response(body, { status: response.status, headers });
  if (response.status >= 500 || response.status === 429) {
    throw new OAuthRefusal({
      error: `HTTP ${response.status}`,
      description: null,
      retryAfter: Number.isFinite(retryAfter) && retryAfter >= 0 ? Math.min(retryAfter, 86_400) : null,
    });
  }
  if (keepIdToken || response.status !== 200) return again(text);
  try {
    const { id_token: _dropped, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return again(JSON.stringify(rest));
  } catch {
    // Not JSON: the library says so better.
    return again(text);
  }
}

/** The library’s errors as ours. Throws OAuthRefusal or MailError. */
export async function translateErrors<T>(
  asking: Asking,
  secrets: readonly (string | null)[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MailError || error instanceof OAuthRefusal) throw error;
    if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
      const description = redact(error.error_description ?? '', secrets);
      throw new OAuthRefusal({ error: redact(error.error, secrets), description, retryAfter: null });
    }
    if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
      // Its cause may be the whole body, tokens and all: only the sentence goes on.
      throw new MailError('protocol', redact(error.message, secrets), {
        params: { provider: asking.provider.name },
      });
    }
    throw error;
  }
}
