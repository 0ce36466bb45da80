import type { CalledPart } from '../../../common/shapes/session.ts';
import { storageUrl } from './clients.ts';
import { demandOk } from './problem.ts';
import { serverStore } from './session.ts';
import { readSession, readTokens, refreshSession, tokenFor, whileSession } from './tokens.ts';

/** Whatever has routes that are no procedures. */
type Part = Exclude<CalledPart, 'relay'>;

export function urlOf(part: Part): string {
  return part === 'profile' ? serverStore.get().url : storageUrl();
}

/**
 * Makes a call with a token of who is signed in. Refused (401) because that ended or was taken back, it is made once more with a new
 * one, unless the session is over or another one by then: nothing of one person is sent as another, or answered to another.
 */
export async function callWithToken<Answer extends { status: number }>(
  part: Part,
  call: (token: string) => Promise<Answer>,
): Promise<Answer> {
  const session = readTokens()?.session.id ?? '';
  return await whileSession(async () => {
    const answer = await call(await tokenFor(part));
    if (answer.status !== 401) return answer;
    await refreshSession(session);
    return await call(await tokenFor(part));
  });
}

/** Calls a route that is no procedure; `path` begins with its slash. MailError as the route; TypeError when no answer came. */
export async function callHttp(
  part: Part,
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const url = urlOf(part) + path;
  // The body is read later: that ends with the session too.
  const signal = AbortSignal.any([readSession(), ...(init.signal ? [init.signal] : [])]);
  const call = async (token: string): Promise<Response> =>
    await fetch(url, { ...init, signal, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  return await demandOk(await callWithToken(part, call));
}
