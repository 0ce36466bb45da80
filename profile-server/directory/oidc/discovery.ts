import * as oauth from 'oauth4webapi';
import { HOUR, MINUTE, SECOND, type Clock } from '../../../common/time.ts';
import type { EgressGuard } from '../../../server-kit/egress/guard.ts';
import { fetchGuarded } from '../../../server-kit/egress/guarded-fetch.ts';
import { isSafeUrl } from '../../oauth/provider/provider-rule.ts';

/** For one request to a provider. */
export const ASK_LIMIT = 6 * SECOND;
const ANSWER_LIMIT = 256 * 1024;
const KEPT = HOUR;
/** What failed is not asked again at once: each sign-in would wait for it. */
const FAILURE_KEPT = MINUTE / 6;

/** Each request of the library goes through the guard. Plain HTTP was let in for loopback only. */
export function guardRequests(guard: EgressGuard, signal: AbortSignal) {
  return {
    [oauth.allowInsecureRequests]: true,
    [oauth.customFetch]: async (
      url: string,
      init: { method: string; headers: Record<string, string>; body?: unknown },
    ): Promise<Response> => {
      if (!isSafeUrl(url)) throw new oauth.OperationProcessingError(`${new URL(url).host} is not safe`);
      const body = init.body instanceof URLSearchParams ? init.body.toString() : null;
      const { method, headers } = init;
      const limits = { timeoutMs: ASK_LIMIT, maxBytes: ANSWER_LIMIT, signal };
      return await fetchGuarded(guard, url, { method, headers, body, ...limits });
    },
  };
}

interface Known {
  facts: Promise<oauth.AuthorizationServer>;
  until: number;
  keys: oauth.JWKSCacheInput;
}

/** What providers publish of themselves (OpenID Connect Discovery 1.0), an hour old at most, and their keys. */
export class Discovery {
  readonly #known = new Map<string, Known>();
  readonly #guard: EgressGuard;
  readonly #clock: Clock;

  constructor(guard: EgressGuard, clock: Clock) {
    this.#guard = guard;
    this.#clock = clock;
  }

  async find(issuer: string): Promise<{ as: oauth.AuthorizationServer; keys: oauth.JWKSCacheInput }> {
    const now = this.#clock.now();
    const before = this.#known.get(issuer);
    if (before !== undefined && now < before.until) return { as: await before.facts, keys: before.keys };
    const facts = this.#ask(issuer);
    const known: Known = { facts, until: now + KEPT, keys: before?.keys ?? {} };
    this.#known.set(issuer, known);
    facts.catch(() => (known.until = now + FAILURE_KEPT));
    return { as: await facts, keys: known.keys };
  }

  forget(issuer: string): void {
    this.#known.delete(issuer);
  }

  async #ask(issuer: string): Promise<oauth.AuthorizationServer> {
    const url = new URL(issuer);
    const options = guardRequests(this.#guard, AbortSignal.timeout(ASK_LIMIT));
    const response = await oauth.discoveryRequest(url, { algorithm: 'oidc', ...options });
    return await oauth.processDiscoveryResponse(url, response);
  }
}
