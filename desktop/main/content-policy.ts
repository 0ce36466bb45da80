import { parseServer } from './server-address.ts';

/** Frames may be shown only inside the page itself; pictures of a mail come from memory. */
export const FRAME_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  "font-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The page's policy. It is the web client's, and names the servers that answer this client and nothing else. */
export function writePagePolicy(servers: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ['connect-src', "'self'", ...servers].join(' '),
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The origins in the connect-src of the web client's own policy: where the profile-server sends its clients for mail.
 * Wildcards, bare schemes and addresses without TLS are not taken over.
 */
export function readConnectSources(policy: string): string[] {
  const directive = policy
    .split(';')
    .map((part) => part.trim().split(/\s+/))
    .find(([name]) => name?.toLowerCase() === 'connect-src');
  const origins = (directive ?? [])
    .slice(1)
    .map((source) => (source.includes('*') ? null : parseServer(source)));
  return [...new Set(origins.filter((origin) => origin !== null))].slice(0, 16);
}
