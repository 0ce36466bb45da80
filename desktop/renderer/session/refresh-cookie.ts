/** A time-out of every request for tokens, in milliseconds. */
export const TOKEN_PATIENCE = 20_000;

/** Tabs share the refresh cookie, which is exchanged at each use: they go one after the other, or one would show a used one. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return await work();
  return await navigator.locks.request('valija-refresh', work);
}

/** Exchanges the refresh cookie; `all`: for a page that has nothing yet, also whose it is and the small parts of the profile. */
export async function exchangeCookie(url: string, all: boolean): Promise<Response> {
  return await fetch(`${url}/session/refresh`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(all ? { profile: true } : {}),
    signal: AbortSignal.timeout(TOKEN_PATIENCE),
  });
}

/**
 * Whether a page at this address goes on with the session of the cookie: not a lab's, which has none, and not one that came
 * back from a provider's page or was sent by the desktop program.
 */
export function resumesByCookie({ search, hash }: Pick<Location, 'search' | 'hash'>): boolean {
  return !new URLSearchParams(search).has('lab') && !hash.startsWith('#/sign');
}
