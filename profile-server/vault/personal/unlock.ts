import { MailError } from '../../../common/errors.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../../context.ts';
import { expiryOf } from '../../lab/session-life.ts';
import { issueTokens, type Issued } from '../../session/open-session.ts';
import { demandActive, proveOwnPassword } from '../../session/sign-in/prove-user.ts';
import { findSession, rotateSession, type SessionRecord } from '../../session/session-store.ts';
import type { UserRecord } from '../../user/user-store.ts';
import { grantToSession } from './for-session.ts';
import type { PersonalKey } from './open-keys.ts';
import { proveOwnPasskey, type OpeningAnswer } from './passkey/change-opening.ts';
import { openByPasskey } from './passkey/wrap-key.ts';
import { openOrMakePersonalKey } from './personal-key.ts';

/** Another window may rotate the token at this moment. */
const TRIES = 3;

/**
 * Opens the accounts that only their user can for a session that was opened without a password, or makes the key for the
 * first of them; a passkey that was let open them does it too. The session gets another refresh token, which carries the
 * way to the key. MailError `sign-in-failed`, `too-many-tries`, `forbidden` (`signed-in-only-…`, `passkey-opens-nothing`).
 */
export async function unlockSession(
  server: ProfileContext,
  caller: Pick<UserCaller, 'user' | 'session' | 'address'>,
  given: { password: string } | { passkey: OpeningAnswer },
): Promise<Issued> {
  const { user, key } = await openOwnKey(server, caller.user, given);
  const session = await rotateNow(server, caller);
  const secret = await grantToSession(server, session, key);
  return await issueTokens(server, session, user, secret);
}

async function openOwnKey(
  server: ProfileContext,
  id: string,
  given: { password: string } | { passkey: OpeningAnswer },
): Promise<{ user: UserRecord; key: PersonalKey }> {
  if ('password' in given) {
    const user = await proveOwnPassword(server, id, given.password);
    return { user, key: await openOrMakePersonalKey(server, user.id, given.password) };
  }
  const by = await proveOwnPasskey(server, id, given.passkey);
  const key = await openByPasskey(server, server.db.read, id, by);
  if (key === null) {
    throw new MailError('forbidden', 'this passkey opens nothing', { reason: 'passkey-opens-nothing' });
  }
  return { user: await demandActive(server, id), key };
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
