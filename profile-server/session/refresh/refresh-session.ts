import { MailError } from '../../../common/errors.ts';
import type { Policy } from '../../../common/shapes/policy.ts';
import { SECOND, type Millis } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { expiryOf, lifeOf } from '../../lab/session-life.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { lacksDemandedFactor } from '../../second-factor/factors.ts';
import { endSession } from '../end-session.ts';
import { issueTokens, type Issued } from '../open-session.ts';
import { writeNote } from '../note/security-notes.ts';
import { isOurRefreshToken, readRefreshToken } from './refresh-token.ts';
import { findSession, rotateSession, type SessionRecord } from '../session-store.ts';
import { findUser } from '../../user/user-store.ts';
import { reopenForSession } from '../../vault/personal/for-session.ts';

/** An answer may get lost, or two windows may ask at once: for this long the former token gets the current one again. */
const GRACE = 30 * SECOND;

/**
 * Fresh tokens for a refresh token, which is spent by it. An older one of ours means that two hold
 * copies: the session ends for both (RFC 9700, 4.14.2). MailError `not-signed-in`.
 */
export async function refreshSession(
  server: ProfileContext,
  token: string,
  from: { cookie: boolean; address: string },
): Promise<Issued> {
  const claimed = readRefreshToken(token);
  const session = claimed === null ? undefined : await findSession(server.db.read, claimed.session);
  const now = server.clock.now();
  if (claimed === null || session === undefined || session.expires_at <= now) throw sessionEnded();
  if (!isOurRefreshToken(server.masterKey.derive('refresh'), token, session)) throw sessionEnded();
  if ((session.cookie === 1) !== from.cookie) throw sessionEnded();
  const user = await findUser(server.db.read, session.user);
  if (user === undefined || user.disabled === 1) throw sessionEnded();
  // Sessions from before the policy, and of who registered just now, last no longer than their access token.
  if (await lacksDemandedFactor(server.db.read, session)) {
    await endSession(server, session.user, session.id);
    throw sessionEnded();
  }
  const kept = keepAsPolicySays(session, await readPolicy(server.db.read, user.id), now);
  if (kept === null) {
    await endSession(server, session.user, session.id);
    throw sessionEnded();
  }
  const current = await rotate(server, kept, claimed.generation, from.address);
  if (current === null) {
    server.metrics.count('refreshes', 'reused');
    server.log.warn('session.token-reused', { session: session.id, user: session.user });
    await endSession(server, session.user, session.id);
    await tellReused(server, session, from.address);
    throw new MailError('not-signed-in', 'an old refresh token was used', { reason: 'token-reused' });
  }
  server.metrics.count('refreshes', 'ok');
  const secret = await reopenForSession(server, current, claimed);
  return await issueTokens(server, current, user, secret);
}

/** A session from before a policy that forbids to remember it, or demands lab mode; null where it is over by that. */
function keepAsPolicySays(
  session: SessionRecord,
  policy: Pick<Policy, 'lab' | 'remember'>,
  now: Millis,
): SessionRecord | null {
  if (policy.lab === 'forced' && session.lab === 0) return null;
  if (session.remember === 0 || policy.remember) return session;
  const shorter = { ...session, remember: 0 };
  return now - session.rotated_at > lifeOf(shorter) ? null : shorter;
}

/** Two hold copies, and the user should know. */
async function tellReused(server: ProfileContext, session: SessionRecord, address: string): Promise<void> {
  const detail = { client: session.client, address };
  await server.db.write(
    async (tx) =>
      await writeNote(tx, server, { user: session.user, what: 'sessions-ended', by: null, detail }),
  );
}

/** The session with the generation whose token is to be given out; null when the presented one is too old. */
async function rotate(
  server: ProfileContext,
  session: SessionRecord,
  generation: number,
  address: string,
): Promise<SessionRecord | null> {
  const now = server.clock.now();
  if (generation === session.generation) {
    const expiresAt = expiryOf(session, now);
    const next = { now, expiresAt, address: address.slice(0, 64) };
    const won = await server.db.write(async (tx) => await rotateSession(tx, session, next));
    if (won) {
      return {
        ...session,
        generation: generation + 1,
        rotated_at: now,
        last_seen: now,
        expires_at: expiresAt,
      };
    }
    const latest = await findSession(server.db.read, session.id);
    if (latest === undefined) throw sessionEnded();
    return await rotate(server, { ...latest, remember: session.remember }, generation, address);
  }
  if (generation > session.generation) throw sessionEnded();
  const lostAnswer = generation === session.generation - 1 && now - session.rotated_at <= GRACE;
  return lostAnswer ? session : null;
}

function sessionEnded(): MailError {
  return new MailError('not-signed-in', 'the session is over', { reason: 'session-ended' });
}
