import { makeId } from '../../common/ids.ts';
import { SECOND, formatTime, type Millis } from '../../common/time.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../server-kit/auth/access-token.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { readLabSession, readSessionTerms } from '../lab/lab-terms.ts';
import { addLogIn } from '../lab/session-log-store.ts';
import { expiryOf } from '../lab/session-life.ts';
import { findHome } from '../part/demand-home.ts';
import { chooseRelay } from '../part/choose-part.ts';
import type { ProfileContext } from '../context.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { makeRefreshToken } from './refresh/refresh-token.ts';
import type { Tokens } from '../../common/shapes/session.ts';
import { addSession, type SessionRecord } from './session-store.ts';
import type { UserRecord } from '../user/user-store.ts';

/** How the client asked its session to be kept. */
export interface Keeping {
  client?: string | undefined;
  remember?: boolean | undefined;
  cookie?: boolean | undefined;
  /** In the client's memory only, and over after a short rest. */
  lab?: boolean | undefined;
  /** Which computer it is, as those who manage it call it. */
  room?: string | undefined;
  pc?: string | undefined;
}

export async function openSession(
  tx: Writer,
  server: ProfileContext,
  user: string,
  keeping: Keeping,
  from: { address: string; outerFactor: boolean },
): Promise<SessionRecord> {
  const { address } = from;
  const now = server.clock.now();
  const { place, idleAfter: idle_after } = await readSessionTerms(tx, user, keeping, address);
  const lab = idle_after === null ? 0 : 1;
  const mayRemember = keeping.remember === true && lab === 0;
  const remember = mayRemember && (await readPolicy(tx, user)).remember ? 1 : 0;
  const session: SessionRecord = {
    id: makeId('ses', server.random),
    user,
    client: keeping.client ?? null,
    address: address.slice(0, 64),
    remember,
    cookie: keeping.cookie === true && lab === 0 ? 1 : 0,
    salt: Buffer.from(server.random(16)).toString('base64url'),
    generation: 1,
    rotated_at: now,
    created_at: now,
    last_seen: now,
    expires_at: expiryOf({ remember, idle_after, created_at: now }, now),
    lab,
    idle_after,
    room: place.room,
    pc: place.pc,
    outer_factor: from.outerFactor ? 1 : 0,
  };
  await addSession(tx, session);
  // Of other sessions nobody but their user knows where they are.
  if (lab === 1 || place.room !== null) {
    await addLogIn(tx, { ...session, session: session.id, from_at: now });
  }
  return session;
}

/** What the client gets, and the refresh token apart from it: the edge decides whether it travels as cookie. */
export interface Issued {
  tokens: Tokens;
  refreshToken: string;
  session: SessionRecord;
}

/** Access tokens for every part that the user needs, each good for that part alone; `secret` of `openForSession`. */
export async function issueTokens(
  server: ProfileContext,
  session: SessionRecord,
  user: Pick<UserRecord, 'id' | 'admin' | 'home'>,
  secret: string | null,
): Promise<Issued> {
  const { clock } = server;
  const signingKey = await server.signingKeys.current();
  const lab = await readLabSession(server.db.read, session);
  const claims = {
    user: user.id,
    session: session.id,
    admin: user.admin === 1,
    lab: lab !== null,
    labSaves: lab?.saves ?? [],
  };
  const now = clock.now();
  const until = endOfAccess(session, now);
  const issuer = server.settings.publicUrl;
  const sign = async (audience: string): Promise<string> =>
    await signAccessToken(claims, { signingKey, issuer, audience, clock, until });
  const home = await findHome(server, user.home);
  const relay = await chooseRelay(server);
  const refreshToken = makeRefreshToken(server.masterKey.derive('refresh'), session, secret);
  const tokens: Tokens = {
    issuedAt: formatTime(now),
    session: { id: session.id, expiresAt: formatTime(session.expires_at), lab },
    refreshToken: session.cookie === 1 ? null : refreshToken,
    home: home?.url ?? null,
    relay: relay?.url ?? null,
    tokens: {
      profile: await sign('profile'),
      storage: home === undefined ? null : await sign(home.id),
      relay: relay === undefined ? null : await sign(relay.id),
    },
    tokensExpireAt: formatTime(until),
  };
  return { tokens, refreshToken, session };
}

/** A lab session's tokens do not outlive it: what a killed client leaves in memory is soon worth nothing. */
function endOfAccess(session: SessionRecord, now: Millis): Millis {
  const longest = now + ACCESS_TOKEN_SECONDS * SECOND;
  return session.lab === 1 ? Math.min(longest, session.expires_at) : longest;
}
