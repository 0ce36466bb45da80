/**
 * The origin of a server, as a policy, the command line or a person names it; null when the client may not use it.
 * Without TLS only this very machine is allowed: passwords and mail would cross the network readable.
 */
export function parseServer(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > 300 || !URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  if (url.pathname !== '/') return null;
  if (url.protocol === 'https:') return url.origin;
  return url.protocol === 'http:' && isThisMachine(url.hostname) ? url.origin : null;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
