/**
 * A call that only reads, as another origin takes it without the browser asking for leave first, which would be a round trip: the token
 * stands before the body (server-kit/http/plain-call.ts). Calls to the page's own origin stay as they are.
 */
export function makePlain(url: string, init: RequestInit): RequestInit {
  const { authorization, ...others } = init.headers as Record<string, string>;
  const isForeign = new URL(url, location.href).origin !== location.origin;
  if (!isForeign || authorization === undefined || init.method !== 'POST') return init;
  const body = `${authorization}\n${typeof init.body === 'string' ? init.body : ''}`;
  return { ...init, headers: { ...others, 'content-type': 'text/plain' }, body };
}
