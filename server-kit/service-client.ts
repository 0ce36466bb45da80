import { type TRPCLink, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';
import { MailError, fromWireError } from '../common/errors.ts';
import { SECOND } from '../common/time.ts';
import type { PartKey } from './auth/part-key.ts';
import { isLoopbackHost } from './http/loopback.ts';

/** Milliseconds: longer than any answer of another part that does not wait on purpose. */
export const CALL_LIMIT = 15 * SECOND;

/** What the receiver takes in one request. */
const MOST_TOGETHER = 10;
/** For calls of which many are made at the same moment and none waits on purpose: they travel in one request. */
export const TOGETHER = { context: { together: true } };

export interface ServiceClientOptions {
  /** Base address of the part that is called, such as `http://localhost:7310`. */
  url: string;
  /** Its id (`profile` for the profile-server): the token is good for nobody else. */
  audience: string;
  key: PartKey;
}

/** Links for createTRPCClient<Router>: every call carries a fresh service token. Beyond loopback only TLS. */
export function makeServiceLinks<Router extends AnyTRPCRouter>(
  options: ServiceClientOptions,
): TRPCLink<Router>[] {
  const url = new URL('/trpc', options.url);
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) {
    throw new MailError('tls', `service calls to ${url.host} need https`, {
      reason: 'service-needs-tls',
      params: { host: url.host },
    });
  }
  const headers = async (): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await options.key.signServiceToken(options.audience)}`,
  });
  const link = splitLink<Router>({
    condition: ({ context }) => context['together'] === true,
    true: httpBatchLink<Router>({ url: url.href, headers, maxItems: MOST_TOGETHER } as never),
    false: httpLink<Router>({ url: url.href, headers } as never),
  });
  return [link];
}

/** Links for `part.enrol`, the one call without a token; the Origin shows that no foreign page makes it. */
export function makeEnrolLinks<Router extends AnyTRPCRouter>(base: string): TRPCLink<Router>[] {
  const { href, origin } = new URL('/trpc', base);
  return [httpLink<Router>({ url: href, headers: { origin } } as never)];
}

/** The answer of a call to another part, or the MailError behind its failure. */
export async function readAnswer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw readCallError(error);
  }
}

/** The MailError behind a failed call to another part: its own, or `unavailable` when it could not be reached. */
export function readCallError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : null;
  const wire =
    typeof data === 'object' && data !== null && 'valija' in data ? fromWireError(data.valija) : null;
  return wire ?? new MailError('unavailable', 'another part of Valija does not answer', { cause: error });
}
