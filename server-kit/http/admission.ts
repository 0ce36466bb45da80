import { MailError } from '../../common/errors.ts';
import { isLoopbackHost } from './loopback.ts';

/** The desktop app's origin: its own scheme, which no web page can have. */
export const APP_ORIGIN = 'valija://app';

/** What of a request decides whether it is let in at all. */
export interface Knock {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  hasBearer: boolean;
}

/** Hosts by which a server may be addressed: its public one and, listening on loopback, the names of loopback. */
export function listKnownHosts(publicUrl: string, listening: { host: string; port: number }): Set<string> {
  const hosts = new Set([new URL(publicUrl).host]);
  if (isLoopbackHost(listening.host)) {
    for (const name of ['localhost', '127.0.0.1', '[::1]', listening.host]) {
      hosts.add(`${name}:${listening.port}`);
    }
  }
  return hosts;
}

/** Throws `forbidden` for an unknown Host (DNS rebinding), a foreign Origin, or a changing request that shows neither Origin nor bearer. */
export function admitRequest(knock: Knock, known: { hosts: Set<string>; origins: Set<string> }): void {
  if (knock.host === undefined || !known.hosts.has(knock.host.toLowerCase())) {
    throw new MailError('forbidden', `unknown host ${knock.host ?? ''}`, { reason: 'unknown-host' });
  }
  if (knock.origin !== undefined) {
    if (!known.origins.has(knock.origin)) {
      throw new MailError('forbidden', `origin ${knock.origin} is not allowed`, { reason: 'unknown-origin' });
    }
    return;
  }
  const reads = knock.method === 'GET' || knock.method === 'HEAD';
  if (knock.hasBearer || reads) return;
  throw new MailError('forbidden', 'no Origin and no bearer token', { reason: 'no-origin' });
}
