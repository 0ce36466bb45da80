import { MailError } from '../../../common/errors.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../../context.ts';
import { expiryOf } from '../../lab/session-life.ts';
import { issueTokens, type Issued } from '../../session/open-session.ts';
import { proveOwnPassword } from '../../session/sign-in/prove-user.ts';
import { findSession, rotateSession, type SessionRecord } from '../../session/session-store.ts';
import { grantToSession } from './for-session.ts';
import { openOrMakePersonalKey } from './personal-key.ts';

/** Another window may rotate the token at this moment. */
const TRIES = 3;

/**
 * Opens the accounts that only their user can for a session that was opened without a password, or makes the key for the
 * first of them. The session gets another refresh token, which carries the way to the key. MailError `sign-in-failed`,
 * `too-many-tries`, `forbidden` (`signed-in-only-…`).
 */
export async function unlockSession(
  server: ProfileContext,
  caller: Pick<UserCaller, 'user' | 'session' | 'address'>,
  password: string,
): Promise<Issued> {
  const user = await proveOwnPassword(server, caller.user, password);
  const key = await openOrMakePersonalKey(server, user.id, password);
  const session = await rotateNow(server, caller);
  const secret = await grantToSession(server, session, key);
  return await issueTokens(server, session, user, secret);
}

async function rotateNow(
  server: ProfileContext,
  caller: Pick<UserCaller, 'session' | 'address'>,
): Promise<SessionRecord> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const session = await findSession(server.db.read, caller.session);
    if (session === undefined) break;
    const now = server.clock.now();
    const next = { now, expiresAt: expiryOf(session, now), address: caller.address.slice(0, 64) };
    if (!(await server.db.write(async (tx) => await rotateSession(tx, session, next)))) continue;
    const { expiresAt: expires_at } = next;
    return { ...session, generation: session.generation + 1, rotated_at: now, last_seen: now, expires_at };
  }
  throw new MailError('not-signed-in', 'the session is over', { reason: 'session-ended' });
}
