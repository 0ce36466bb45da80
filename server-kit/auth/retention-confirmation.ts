import { type CryptoKey, type JWK, SignJWT, errors, importJWK, jwtVerify } from 'jose';
import { MailError } from '../../common/errors.ts';
import type { Clock } from '../../common/time.ts';

/** Seconds that a confirmation may be used. */
export const CONFIRMATION_SECONDS = 600;
const TYPE = 'valija-retention+jwt';
const AUDIENCE = 'profile';

/** What the user was shown before he agreed: how many messages contract `keep` would delete of his account. */
export interface RetentionClaims {
  user: string;
  account: string;
  keep: string;
  /** Of `identifyMaildrop`: the account may have moved since. */
  maildrop: string;
  count: number;
}

/** By the home, which knows the number; for the profile-server, which keeps the contract. */
export async function signRetentionConfirmation(
  key: CryptoKey,
  part: string,
  claims: RetentionClaims,
  clock: Clock,
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  const { user, account, keep, maildrop, count } = claims;
  return await new SignJWT({ account, keep, maildrop, count })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
    .setIssuer(part)
    .setSubject(user)
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + CONFIRMATION_SECONDS)
    .sign(key);
}

/** What `home` signed; MailError `invalid`, reason `retention-unconfirmed`, or `retention-expired` with its count. */
export async function verifyRetentionConfirmation(
  token: string,
  home: { part: string; publicJwk: JWK },
  clock: Clock,
): Promise<RetentionClaims> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(home.publicJwk, 'EdDSA'), {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: home.part,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: CONFIRMATION_SECONDS,
      clockTolerance: 5,
      currentDate: new Date(clock.now()),
    });
    return readClaims(payload);
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw refuseConfirmation('retention-expired', { count: readClaims(cause.payload).count });
    }
    throw refuseConfirmation('retention-unconfirmed');
  }
}

export function refuseConfirmation(reason: string, params: Record<string, number> = {}): MailError {
  return new MailError('invalid', 'the retention contract is not confirmed', {
    field: 'settings.keep',
    reason,
    params,
  });
}

function readClaims(payload: Record<string, unknown>): RetentionClaims {
  const { sub, account, keep, maildrop, count } = payload;
  return {
    user: String(sub),
    account: String(account),
    keep: String(keep),
    maildrop: String(maildrop),
    count: Number(count),
  };
}
