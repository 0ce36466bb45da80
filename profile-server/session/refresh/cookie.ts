import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECOND } from '../../../common/time.ts';

/** `__Host-` makes browsers demand Secure and Path=/ and refuse a Domain (RFC 6265bis, 4.1.3.2). */
const REFRESH_COOKIE = '__Host-valija-refresh';
const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Without `remember` it ends with the browser. */
export function setRefreshCookie(
  res: ServerResponse,
  token: string,
  life: { remember: boolean; milliseconds: number },
): void {
  const age = life.remember ? `; Max-Age=${Math.floor(life.milliseconds / SECOND)}` : '';
  res.appendHeader('set-cookie', `${REFRESH_COOKIE}=${token}; ${FLAGS}${age}`);
}

export function clearRefreshCookie(res: ServerResponse): void {
  res.appendHeader('set-cookie', `${REFRESH_COOKIE}=; ${FLAGS}; Max-Age=0`);
}

export function readRefreshCookie(req: IncomingMessage): string | null {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === REFRESH_COOKIE) return pair.slice(at + 1).trim();
  }
  return null;
}
