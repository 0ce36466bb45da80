import { makeId } from '../../common/ids.ts';
import { DAY, HOUR, formatTime, type Millis } from '../../common/time.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../server-kit/auth/access-token.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { findHome } from '../part/demand-home.ts';
import { chooseRelay } from '../part/choose-part.ts';
import type { ProfileContext } from '../context.ts';
import { makeRefreshToken } from './refresh-token.ts';
import type { Tokens } from '../../common/shapes/session.ts';
import { addSession, type SessionRecord } from './session-store.ts';
import type { UserRecord } from '../user/user-store.ts';

/** How the client asked its session to be kept. */
export interface Keeping {
  client?: string | undefined;
  remember?: boolean | undefined;
  cookie?: boolean | undefined;
}

/** Of rest, after which a session is over. */
export function lifeOf(session: { remember: number }): Millis {
  return session.remember === 1 ? 30 * DAY : 12 * HOUR;
}

export async function openSession(
  tx: Writer,
  server: ProfileContext,
  user: string,
  keeping: Keeping,
  address: string,
): Promise<SessionRecord> {
  const now = server.clock.now();
  const remember = keeping.remember === true ? 1 : 0;
  const session: SessionRecord = {
    id: makeId('ses', server.random),
    user,
    client: keeping.client ?? null,
    address: address.slice(0, 64),
    remember,
    cookie: keeping.cookie === true ? 1 : 0,
    salt: Buffer.from(server.random(16)).toString('base64url'),
    generation: 1,
    rotated_at: now,
    created_at: now,
    last_seen: now,
    expires_at: now + lifeOf({ remember }),
  };
  await addSession(tx, session);
  return session;
}

/** What the client gets, and the refresh token apart from it: the edge decides whether it travels as cookie. */
export interface Issued {
  tokens: Tokens;
  refreshToken: string;
  session: SessionRecord;
}

/** Access tokens for every part that the user needs, each good for that part alone. */
export async function issueTokens(
  server: ProfileContext,
  session: SessionRecord,
  user: Pick<UserRecord, 'id' | 'admin' | 'home'>,
): Promise<Issued> {
  const { clock } = server;
  const signingKey = await server.signingKeys.current();
  const claims = { user: user.id, session: session.id, admin: user.admin === 1 };
  const issuer = server.settings.publicUrl;
  const sign = async (audience: string): Promise<string> =>
    await signAccessToken(claims, { signingKey, issuer, audience, clock });
  const home = await findHome(server, user.home);
  const relay = await chooseRelay(server);
  const refreshToken = makeRefreshToken(server.masterKey.derive('refresh'), session);
  const tokens: Tokens = {
    session: { id: session.id, expiresAt: formatTime(session.expires_at) },
    refreshToken: session.cookie === 1 ? null : refreshToken,
    home: home?.url ?? null,
    relay: relay?.url ?? null,
    tokens: {
      profile: await sign('profile'),
      storage: home === undefined ? null : await sign(home.id),
      relay: relay === undefined ? null : await sign(relay.id),
    },
    tokensExpireAt: formatTime(clock.now() + ACCESS_TOKEN_SECONDS * 1000),
  };
  return { tokens, refreshToken, session };
}
