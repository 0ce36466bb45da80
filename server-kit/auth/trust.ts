import type { JWK } from 'jose';
import { MailError } from '../../common/errors.ts';
import { MINUTE, SECOND, type Clock } from '../../common/time.ts';
import type { Logger } from '../log.ts';
import { pauseUpTo, repeat } from '../repeat.ts';
import { ACCESS_TOKEN_SECONDS, verifyAccessToken } from './access-token.ts';
import type { Caller } from './caller.ts';
import type { Revocation } from './revocation.ts';
import { type KnownPart, isServiceToken, verifyServiceToken } from './service-token.ts';

/** The profile-server as far as trust needs it. */
export interface TrustSource {
  jwks(): Promise<{ keys: JWK[] }>;
  parts(): Promise<(KnownPart & { id: string })[]>;
  /** With `wait` it answers at the next revocation or after 25 s. */
  revoked(since: number, wait: boolean, signal: AbortSignal): Promise<{ seq: number; revoked: Revocation[] }>;
}

/** Who may call this part, by the tokens that the profile-server and the parts sign. */
export interface Trust {
  authenticate(bearer: string | null, address: string): Promise<Caller>;
  /** False when the session or its user was revoked while a stream of it was open, or when nobody can tell any more. */
  isLive(session: string, user: string): boolean;
  onRevoked(listener: (revocation: Revocation) => void): () => void;
  stop(): Promise<void>;
}

/** After this long without news of revocations nobody's token is believed. */
const BLIND_LIMIT = MINUTE;

export interface TrustOptions {
  /** This part's id. */
  audience: string;
  issuer: string;
  source: TrustSource;
  clock: Clock;
  log: Logger;
}

/** What storage-server and relay believe: tokens by the profile-server's keys, less what it has revoked. */
export async function makeTrust(options: TrustOptions): Promise<Trust> {
  const { source, clock, log } = options;
  const revokedAt = new Map<string, number>();
  const listeners = new Set<(revocation: Revocation) => void>();
  const stopping = new AbortController();
  let keys: { keys: JWK[] } | null = null;
  let parts = new Map<string, KnownPart>();
  let lastNews = 0;
  let seq = 0;

  const learn = (revocation: Revocation): void => {
    revokedAt.set(`${revocation.kind}:${revocation.id}`, revocation.at);
    if (revocation.kind === 'part') parts.delete(revocation.id);
    for (const listener of listeners) listener(revocation);
  };
  const follow = async (wait: boolean): Promise<void> => {
    const news = await source.revoked(seq, wait, stopping.signal);
    lastNews = clock.now();
    // A profile-server restored from a backup counts from lower: start again rather than wait for ever.
    seq = news.seq;
    for (const revocation of news.revoked) learn(revocation);
    forgetOld(revokedAt, clock.now());
  };
  const findPart = async (id: string): Promise<KnownPart | null> => {
    if (!parts.has(id) && !revokedAt.has(`part:${id}`)) {
      parts = new Map((await source.parts()).map((part) => [part.id, part]));
    }
    return parts.get(id) ?? null;
  };
  const isRevoked = (kind: string, id: string, issuedAt: number): boolean =>
    (revokedAt.get(`${kind}:${id}`) ?? -1) >= issuedAt;

  await follow(false);
  const onFailure = { log, event: 'trust.revocations-unknown', pause: pauseUpTo(3 * SECOND) };
  const following = repeat(stopping.signal, onFailure, async () => await follow(true));

  return {
    authenticate: async (bearer, address) => {
      if (bearer === null) return { kind: 'anonymous', address };
      if (clock.now() - lastNews > BLIND_LIMIT) {
        throw new MailError('unavailable', 'no news of revoked sessions', {
          reason: 'cannot-check-session',
          retryAfter: 5,
        });
      }
      if (isServiceToken(bearer)) {
        const proven = await verifyServiceToken(bearer, { audience: options.audience, findPart, clock });
        return { kind: 'part', ...proven, address };
      }
      const { issuedAt, ...claims } = await verifyAccessToken(bearer, {
        keys: async (fresh) => (keys = fresh || keys === null ? await source.jwks() : keys),
        issuer: options.issuer,
        audience: options.audience,
        clock,
      });
      // Tokens carry whole seconds: one made in the very second of the revocation counts as older.
      if (revokedAt.has(`session:${claims.session}`) || isRevoked('user', claims.user, issuedAt)) {
        throw new MailError('not-signed-in', 'session was ended', { reason: 'session-ended' });
      }
      return { kind: 'user', ...claims, address };
    },
    isLive: (session, user) =>
      clock.now() - lastNews <= BLIND_LIMIT &&
      !revokedAt.has(`session:${session}`) &&
      !revokedAt.has(`user:${user}`),
    onRevoked: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopping.abort();
      await following;
    },
  };
}

/** A revocation older than the longest-lived token (and signed download) has nothing left to refuse. */
function forgetOld(revokedAt: Map<string, number>, now: number): void {
  for (const [key, at] of revokedAt) {
    if (!key.startsWith('part:') && now - at > 2 * ACCESS_TOKEN_SECONDS * SECOND) revokedAt.delete(key);
  }
}
