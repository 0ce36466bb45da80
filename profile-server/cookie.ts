import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECOND, type Millis } from '../common/time.ts';

/** `__Host-` makes browsers demand Secure and Path=/ and refuse a Domain (RFC 6265bis, 4.1.3.2). */
export type CookieName = `__Host-valija-${string}`;

/** `life` null: it ends with the browser; 0 removes it. A `Lax` cookie comes along when another site sends the browser back to us. */
export function setCookie(
  res: ServerResponse,
  name: CookieName,
  value: string,
  kept: { life: Millis | null; sameSite: 'Strict' | 'Lax' },
): void {
  const age = kept.life === null ? '' : `; Max-Age=${Math.floor(kept.life / SECOND)}`;
  const flags = `Path=/; Secure; HttpOnly; SameSite=${kept.sameSite}`;
  res.appendHeader('set-cookie', `${name}=${value}; ${flags}${age}`);
}

export function readCookie(req: IncomingMessage, name: CookieName): string | null {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
