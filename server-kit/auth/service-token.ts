import { type CryptoKey, type JWK, SignJWT, decodeJwt, errors, importJWK, jwtVerify } from 'jose';
import { MailError } from '../../common/errors.ts';
import { SECOND, type Clock } from '../../common/time.ts';
import type { PartKind } from './caller.ts';
import type { VerifiedTokens } from './verified-tokens.ts';

/** Seconds that a service token lives. */
const SERVICE_TOKEN_SECONDS = 60;
const TYPE = 'valija-part+jwt';

/** A token by which part `part` proves itself to the one receiver `audience`. */
export async function signServiceToken(
  key: CryptoKey,
  part: string,
  audience: string,
  clock: Clock,
): Promise<string> {
  const now = Math.floor(clock.now() / 1000);
  return await new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE })
    .setIssuer(part)
    .setSubject(part)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + SERVICE_TOKEN_SECONDS)
    .sign(key);
}

export interface KnownPart {
  publicJwk: JWK;
  kind: PartKind;
}

export interface VerifyServiceTokenOptions {
  audience: string;
  /** The enrolled part of that id, null when unknown or shut out. */
  findPart: (id: string) => Promise<KnownPart | null>;
  clock: Clock;
  /** Tokens that this receiver has verified before. */
  verified?: VerifiedTokens<true>;
}

/** Whether `token` is of the service kind at all, before anything of it is believed. */
export function isServiceToken(token: string): boolean {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object;
    return 'typ' in header && header.typ === TYPE;
  } catch {
    return false;
  }
}

/** The part that signed `token`; MailError `not-signed-in` when it proves nothing. */
export async function verifyServiceToken(
  token: string,
  options: VerifyServiceTokenOptions,
): Promise<{ part: string; partKind: PartKind }> {
  try {
    const claimed = decodeJwt(token).iss ?? '';
    const part = await options.findPart(claimed);
    if (part === null) throw new Error(`unknown part ${claimed}`);
    const name = `${JSON.stringify(part.publicJwk)} ${options.audience} ${token}`;
    if (options.verified?.find(name, options.clock.now()) === true) {
      return { part: claimed, partKind: part.kind };
    }
    const key = await importJWK(part.publicJwk, 'EdDSA');
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: claimed,
      subject: claimed,
      audience: options.audience,
      requiredClaims: ['exp', 'iat'],
      maxTokenAge: SERVICE_TOKEN_SECONDS,
      clockTolerance: 5,
      currentDate: new Date(options.clock.now()),
    });
    const life = (payload.exp ?? 0) - (payload.iat ?? 0);
    if (life > SERVICE_TOKEN_SECONDS) throw new Error('token lives too long');
    options.verified?.add(name, true, (payload.exp ?? 0) * SECOND);
    return { part: claimed, partKind: part.kind };
  } catch (error) {
    if (error instanceof MailError) throw error;
    const apart = readDifference(error, options.clock);
    if (apart === null) {
      throw new MailError('not-signed-in', 'service token refused', { reason: 'part', cause: error });
    }
    throw new MailError('not-signed-in', `clocks are ${apart} s apart`, {
      reason: 'clocks',
      params: { n: apart },
      cause: error,
    });
  }
}

/** Seconds between both clocks, where a token that is genuine was refused for its time alone; it may be some seconds old itself (part-key.ts). */
function readDifference(error: unknown, clock: Clock): number | null {
  const isTime = error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed;
  if (!isTime || (error.claim !== 'iat' && error.claim !== 'exp')) return null;
  const { iat } = error.payload;
  return iat === undefined ? null : Math.abs(Math.round(clock.now() / SECOND) - iat);
}
