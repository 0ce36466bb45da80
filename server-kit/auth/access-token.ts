import { type CryptoKey, type JWK, SignJWT, createLocalJWKSet, jwtVerify } from 'jose';
import { MailError } from '../../common/errors.ts';
import type { Clock, Millis } from '../../common/time.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Seconds that an access token lives. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const TYPE = 'at+jwt';

/** Whom an access token speaks for: ids of user and session. */
export interface AccessClaims {
  user: string;
  session: string;
  admin: boolean;
  /** The session is one of a computer that many people use. */
  lab: boolean;
  /** What such a session may have as a file: MIME types and families such as `image/*`. */
  labSaves: readonly string[];
}

export interface SigningKey {
  kid: string;
  key: CryptoKey;
}

/** An access token for one part (`audience`: its id, or `profile`), RFC 9068 in spirit; good for 15 min, or `until`. */
export async function signAccessToken(
  claims: AccessClaims,
  options: { signingKey: SigningKey; issuer: string; audience: string; clock: Clock; until?: Millis },
): Promise<string> {
  const now = Math.floor(options.clock.now() / 1000);
  const longest = now + ACCESS_TOKEN_SECONDS;
  const ends = options.until === undefined ? longest : Math.min(longest, Math.floor(options.until / 1000));
  return await new SignJWT({ sid: claims.session, adm: claims.admin, ...describeLab(claims) })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: options.signingKey.kid })
    .setIssuer(options.issuer)
    .setSubject(claims.user)
    .setAudience(options.audience)
    .setIssuedAt(now)
    .setExpirationTime(ends)
    .sign(options.signingKey.key);
}

/** Claims that only tokens of lab sessions carry. */
function describeLab({ lab, labSaves }: AccessClaims): { lab?: true; sav?: readonly string[] } {
  return lab ? { lab: true, sav: labSaves } : {};
}

export interface VerifyAccessTokenOptions {
  /** The published keys; called again with `fresh` when a token names a key that is not among them. */
  keys: (fresh: boolean) => Promise<{ keys: JWK[] }>;
  issuer: string;
  audience: string;
  clock: Clock;
}

/** Who the token speaks for; MailError `not-signed-in` when it is expired, foreign or forged. */
export async function verifyAccessToken(
  token: string,
  options: VerifyAccessTokenOptions,
): Promise<VerifiedClaims> {
  try {
    return await verifyWith(token, options, false);
  } catch (error) {
    if (error instanceof MailError) throw error;
    if (isUnknownKey(error)) {
      try {
        return await verifyWith(token, options, true);
      } catch (again) {
        throw refuse(again);
      }
    }
    throw refuse(error);
  }
}

type VerifiedClaims = AccessClaims & { issuedAt: Millis; expiresAt: Millis };

interface Verifier {
  keySet: ReturnType<typeof createLocalJWKSet>;
  /** By issuer, audience and token: a session shows the same one at each call of a quarter of an hour. */
  verified: VerifiedTokens<VerifiedClaims>;
}

const MOST_VERIFIED = 5000;

/** By the published keys that it was made of, so that what an older key signed is verified anew. */
const verifiers = new WeakMap<object, Verifier>();

function makeVerifier(published: { keys: JWK[] }): Verifier {
  const known = verifiers.get(published);
  if (known !== undefined) return known;
  const made = {
    keySet: createLocalJWKSet(published),
    verified: new VerifiedTokens<VerifiedClaims>(MOST_VERIFIED),
  };
  verifiers.set(published, made);
  return made;
}

async function verifyWith(
  token: string,
  options: VerifyAccessTokenOptions,
  fresh: boolean,
): Promise<VerifiedClaims> {
  const { keySet, verified } = makeVerifier(await options.keys(fresh));
  const name = `${options.issuer} ${options.audience} ${token}`;
  const now = options.clock.now();
  const known = verified.find(name, now);
  if (known !== undefined) return known;
  const { payload } = await jwtVerify(token, keySet, {
    algorithms: ['EdDSA'],
    typ: TYPE,
    issuer: options.issuer,
    audience: options.audience,
    requiredClaims: ['exp', 'iat', 'sub', 'sid'],
    currentDate: new Date(now),
  });
  const claims = {
    user: String(payload.sub),
    session: String(payload['sid']),
    admin: payload['adm'] === true,
    lab: payload['lab'] === true,
    labSaves: Array.isArray(payload['sav']) ? payload['sav'].map(String) : [],
    issuedAt: (payload.iat ?? 0) * 1000,
    expiresAt: (payload.exp ?? 0) * 1000,
  };
  verified.add(name, claims, claims.expiresAt);
  return claims;
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_JWKS_NO_MATCHING_KEY';
}

function refuse(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const options = code === 'ERR_JWT_EXPIRED' ? { reason: 'token-expired' } : {};
  return new MailError('not-signed-in', 'access token refused', { ...options, cause: error });
}
