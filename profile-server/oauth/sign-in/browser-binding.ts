import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProfileContext } from '../../context.ts';
import { readCookie, setCookie } from '../../cookie.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { BEGIN_LIFE } from './begin-sign-in.ts';

/** Lax: the browser brings it along when the provider sends it back to us. */
const COOKIE = '__Host-valija-oauth';

/**
 * Marks the browser in which a sign-in begins (RFC 9700, 4.7.1), so that an answer which comes in another one can be
 * told: somebody may have lured a stranger into consenting for him. What is returned is kept with the sign-in; null for
 * a client that is no page of ours and opens another program's window.
 */
export function bindBrowser(server: ProfileContext, res: ServerResponse | null): string | null {
  const origin = new URL(server.settings.publicUrl).origin;
  if (res === null || res.req.headers.origin !== origin) return null;
  const mark = readMark(res.req) ?? makeSecretToken(server.random);
  setCookie(res, COOKIE, mark, { life: BEGIN_LIFE, sameSite: 'Lax' });
  return hashMark(mark);
}

/** Whether this request comes from the browser in which the sign-in began. */
export function isBoundBrowser(req: IncomingMessage, bound: string | null): boolean {
  const mark = readMark(req);
  return bound !== null && mark !== null && isSame(hashMark(mark), bound);
}

/** What confirms that the user of any other browser wants this very answer to go to the one who began. */
export function makeConfirmation(server: Pick<ProfileContext, 'masterKey'>, params: URLSearchParams): string {
  const answer = JSON.stringify([params.get('state'), params.get('code')]);
  return createHmac('sha256', server.masterKey.derive('oauth-confirmation'))
    .update(answer)
    .digest('base64url');
}

export function isConfirmed(server: Pick<ProfileContext, 'masterKey'>, params: URLSearchParams): boolean {
  const given = params.get('confirmation');
  return given !== null && isSame(given, makeConfirmation(server, params));
}

function readMark(req: IncomingMessage): string | null {
  const mark = readCookie(req, COOKIE);
  return mark !== null && /^[\w-]{43}$/.test(mark) ? mark : null;
}

function hashMark(mark: string): string {
  return createHash('sha256').update(mark).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
