import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a refresh token says; `generation` counts the rotations of its session. */
export interface RefreshToken {
  session: string;
  generation: number;
  /** With which the session opens what only its user can; null where it has nothing of that. */
  secret: string | null;
}

/**
 * `session.generation.proof`: the proof is an HMAC by a key outside the database over session,
 * generation and the session's salt. So the database holds no form of the token at all, every
 * token that we ever gave out is known as ours (an old one betrays a copy, a made-up one proves
 * nothing), and a lost answer can be given again word for word. What follows, the secret, is random and
 * derived from nothing: whoever has key and database cannot tell it.
 */
export function makeRefreshToken(
  key: Uint8Array,
  session: { id: string; salt: string; generation: number },
  secret: string | null = null,
): string {
  const token = `${session.id}.${session.generation}.${prove(key, session).toString('base64url')}`;
  return secret === null ? token : `${token}.${secret}`;
}

/** The parts as claimed; null when it is no refresh token. Nothing is proven yet. */
export function readRefreshToken(token: string): RefreshToken | null {
  const match = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.(\d{1,15})\.[\w-]{43}(?:\.([\w-]{43}))?$/.exec(token);
  if (match === null) return null;
  return { session: match[1] ?? '', generation: Number(match[2]), secret: match[3] ?? null };
}

export function isOurRefreshToken(
  key: Uint8Array,
  token: string,
  session: { id: string; salt: string },
): boolean {
  const claimed = readRefreshToken(token);
  if (claimed === null || claimed.session !== session.id) return false;
  const expected = makeRefreshToken(key, { ...session, generation: claimed.generation }, claimed.secret);
  return expected.length === token.length && timingSafeEqual(Buffer.from(expected), Buffer.from(token));
}

function prove(key: Uint8Array, session: { id: string; salt: string; generation: number }): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([session.id, session.generation, session.salt]))
    .digest();
}
