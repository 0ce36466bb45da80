import { TRPCClientError, createTRPCClient, httpLink } from '@trpc/client';
import { MailError, fromWireError } from '../../common/errors.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { RelayRouter } from '../../smtp-relay/router.ts';
import type { StorageRouter } from '../../storage-server/router.ts';
import { callHttp, readText, type HttpAnswer, type HttpCall } from './http.ts';

/** An access token for one part; `fresh` asks for a new one after a refusal and answers null when there is none to be had. */
export type TokenSource = (fresh: boolean) => Promise<string | null>;

export const noToken: TokenSource = async () => null;

export function makeProfileClient(url: string, token: TokenSource) {
  return createTRPCClient<ProfileRouter>({ links: [makeLink(url, token)] });
}
export function makeStorageClient(url: string, token: TokenSource) {
  return createTRPCClient<StorageRouter>({ links: [makeLink(url, token)] });
}
export function makeRelayClient(url: string, token: TokenSource) {
  return createTRPCClient<RelayRouter>({ links: [makeLink(url, token)] });
}
export type ProfileClient = ReturnType<typeof makeProfileClient>;
export type StorageClient = ReturnType<typeof makeStorageClient>;
export type RelayClient = ReturnType<typeof makeRelayClient>;

/** POST for queries too: an input such as a list of ids may be longer than an address can be. */
function makeLink(url: string, token: TokenSource) {
  return httpLink({
    url: `${url}/trpc`,
    methodOverride: 'POST',
    fetch: async (address, init) => {
      const target = String(address);
      const body = init?.body as string | undefined;
      const headers = { 'content-type': 'application/json' };
      const answer = await callWithToken(target, { method: 'POST', headers, body: body ?? '' }, token);
      const text = await readText(answer, target);
      const parsed = parseAnswer(text, target);
      // Another part, or another version of this one, does not know how people sign in.
      if (answer.status === 404 && token === noToken) throw makeStranger('not-profile-server', target);
      const json = async (): Promise<unknown> => parsed;
      return { ok: answer.status < 400, status: answer.status, json } as unknown as Response;
    },
  });
}

/** A call with the bearer token; refused as not signed in, it is made once more with a fresh one: nothing was done yet. */
export async function callWithToken(
  address: string,
  call: HttpCall,
  token: TokenSource,
): Promise<HttpAnswer> {
  const bearer = await token(false);
  const answer = await callHttp(address, withBearer(call, bearer));
  const once = typeof call.body === 'object' && !(call.body instanceof Uint8Array);
  if (answer.status !== 401 || bearer === null || once) return answer;
  try {
    const fresh = await token(true);
    if (fresh === null) return answer;
    answer.body.destroy();
    return await callHttp(address, withBearer(call, fresh));
  } catch (error) {
    answer.body.destroy();
    throw error;
  }
}

function withBearer(call: HttpCall, bearer: string | null): HttpCall {
  // Without a token a server wants to know that no foreign web page is calling: this is a native client's origin.
  const proof = bearer === null ? { origin: 'valija://app' } : { authorization: `Bearer ${bearer}` };
  return { ...call, headers: { ...call.headers, ...proof } };
}

/** The JSON of a tRPC answer. What was refused before it got to tRPC (host, origin, token) is thrown as its MailError. */
function parseAnswer(text: string, address: string): unknown {
  try {
    const parsed = JSON.parse(text) as { error?: unknown };
    const refused = fromWireError(parsed.error);
    if (refused !== null) throw refused;
    return parsed;
  } catch (error) {
    if (error instanceof MailError) throw error;
    throw makeStranger('not-valija', address, error);
  }
}

function makeStranger(reason: string, address: string, cause?: unknown): MailError {
  const server = new URL(address).origin;
  return new MailError('protocol', `${address} did not answer as Valija`, {
    reason,
    params: { server },
    cause,
  });
}

/** The MailError inside what a tRPC call threw. */
export function readFailure(error: unknown): MailError {
  if (error instanceof MailError) return error;
  if (error instanceof TRPCClientError) {
    const data = error.data as { valija?: unknown } | null | undefined;
    const known = fromWireError(data?.valija);
    if (known !== null) return known;
    if (error.cause instanceof MailError) return error.cause;
  }
  return new MailError('internal', 'unexpected answer', { cause: error });
}
