import type { CalledPart } from '../../../common/shapes/session.ts';
import { storageUrl } from './clients.ts';
import { demandOk } from './problem.ts';
import { serverStore } from './session.ts';
import { refreshTokens, tokenFor } from './tokens.ts';

/**
 * Calls a route that is no procedure, for who is signed in; `path` begins with its slash. Refused because the token ended or was
 * taken back, it is called once more with a new one. MailError as the route; TypeError when no answer came.
 */
export async function callHttp(
  part: Exclude<CalledPart, 'relay'>,
  path: string,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
  const url = (part === 'profile' ? serverStore.get().url : storageUrl()) + path;
  const call = async (): Promise<Response> =>
    await fetch(url, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await tokenFor(part)}` },
    });
  const answer = await call();
  if (answer.status !== 401) return await demandOk(answer);
  await refreshTokens();
  return await demandOk(await call());
}
