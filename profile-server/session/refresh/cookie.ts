import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Millis } from '../../../common/time.ts';
import { readCookie, setCookie } from '../../cookie.ts';

const REFRESH_COOKIE = '__Host-valija-refresh';

/** Without `remember` it ends with the browser. */
export function setRefreshCookie(
  res: ServerResponse,
  token: string,
  life: { remember: boolean; milliseconds: Millis },
): void {
  const kept = { life: life.remember ? life.milliseconds : null, sameSite: 'Strict' } as const;
  setCookie(res, REFRESH_COOKIE, token, kept);
}

export function clearRefreshCookie(res: ServerResponse): void {
  setCookie(res, REFRESH_COOKIE, '', { life: 0, sameSite: 'Strict' });
}

export function readRefreshCookie(req: IncomingMessage): string | null {
  return readCookie(req, REFRESH_COOKIE);
}
