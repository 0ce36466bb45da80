import { MailError } from '../../common/errors.ts';
import { MINUTE, SECOND } from '../../common/time.ts';
import type { JWK } from 'jose';
import { verifyAccessToken } from '../../server-kit/auth/access-token.ts';
import type { Caller } from '../../server-kit/auth/caller.ts';
import { isServiceToken, verifyServiceToken } from '../../server-kit/auth/service-token.ts';
import type { ProfileContext } from '../context.ts';
import { findPart, touchPart } from '../part/part-store.ts';
import { findLiveSession, touchSession } from './session-store.ts';

/** This server's own name in tokens. */
const AUDIENCE = 'profile';
/** `lastSeen` of a session is kept this exact. */
const ACTED_EXACT = 2 * MINUTE;
/** `lastSeen` of a part is kept this exact. */
const SEEN_EXACT = 20 * SECOND;

/** Who is calling. Here, where sessions are kept, an ended one is refused at once. MailError `not-signed-in`. */
export async function authenticate(
  server: ProfileContext,
  bearer: string | null,
  address: string,
): Promise<Caller> {
  if (bearer === null) return { kind: 'anonymous', address };
  if (isServiceToken(bearer)) return await authenticatePart(server, bearer, address);
  const { db, clock } = server;
  const claims = await verifyAccessToken(bearer, {
    keys: async (fresh) => await server.signingKeys.published(fresh),
    issuer: server.settings.publicUrl,
    audience: AUDIENCE,
    clock,
  });
  const now = clock.now();
  const session = await findLiveSession(db.read, claims.session, now);
  if (session === undefined || session.user !== claims.user) {
    throw new MailError('not-signed-in', 'session was ended', { reason: 'session-ended' });
  }
  const { user, session: id, lab, labSaves, expiresAt } = claims;
  if (now - session.last_seen > ACTED_EXACT) {
    await db.write(async (tx) => await touchSession(tx, id, now, address));
  }
  return { kind: 'user', user, session: id, admin: session.admin === 1, lab, labSaves, address, expiresAt };
}

async function authenticatePart(server: ProfileContext, bearer: string, address: string): Promise<Caller> {
  const { db, clock } = server;
  let lastSeen = 0;
  const proven = await verifyServiceToken(bearer, {
    audience: AUDIENCE,
    findPart: async (id) => {
      const part = await findPart(db.read, id);
      if (part === undefined || part.state !== 'active') return null;
      lastSeen = part.last_seen ?? 0;
      return { publicJwk: JSON.parse(part.public_jwk) as JWK, kind: part.kind };
    },
    clock,
    verified: server.verifiedTokens,
  });
  const now = clock.now();
  if (now - lastSeen > SEEN_EXACT) await db.write(async (tx) => await touchPart(tx, proven.part, now));
  return { kind: 'part', ...proven, address };
}
