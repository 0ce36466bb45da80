import { parseServer } from './server-address.ts';

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
