import { hostname } from 'node:os';
import { isIP } from 'node:net';
import { isLoopbackHost } from '../server-kit/http/loopback.ts';

/** What the relay calls itself: in headers only what its public address tells anyway, in EHLO a name that others can look up. */
export function chooseNames(relayUrl: string): { headers: string; ehlo: string } {
  const host = new URL(relayUrl).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0 && !isLoopbackHost(host)) return { headers: host, ehlo: host };
  const machine = hostname();
  return { headers: 'localhost', ehlo: machine.includes('.') ? machine : '[127.0.0.1]' };
}
