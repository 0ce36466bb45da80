import { Secret, TOTP } from 'otpauth';
import type { TotpSetUp } from '../../../common/shapes/session.ts';
import type { Millis } from '../../../common/time.ts';

/** Seconds of one step, and the form that every authenticator app takes without being asked (RFC 6238, 4). */
const PERIOD = 30;
const DIGITS = 6;
/** Steps that a clock may be off to either side. */
const DRIFT = 1;
/** Bytes of the secret: as long as the hash (RFC 4226, 4, R6). */
const SECRET_BYTES = 20;

export function makeTotpSecret(random: (size: number) => Uint8Array): string {
  return encodeSecret(random(SECRET_BYTES));
}

export function encodeSecret(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;
}

export function decodeSecret(base32: string): Uint8Array {
  return Secret.fromBase32(base32).bytes;
}

/** For the app: `issuer` is the host of this server, so that two servers' codes are told apart. */
export function describeTotp(secret: string, of: { user: string; issuer: string }): TotpSetUp {
  const totp = new TOTP({ secret, issuer: of.issuer, label: of.user, digits: DIGITS, period: PERIOD });
  return { secret, uri: totp.toString() };
}

/** The digits of what was typed: apps show them in groups. Null for what can be no code. */
export function readTotpCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/**
 * The step that the code is of, one to either side of now at most and later than `lastStep`: a code that was used, or is
 * older than one that was, says nothing (RFC 6238, 5.2). Null for a wrong one.
 */
export function matchTotp(secret: string, code: string, now: Millis, lastStep: number): number | null {
  const totp = new TOTP({ secret, digits: DIGITS, period: PERIOD });
  const current = Math.floor(now / 1000 / PERIOD);
  for (let step = current - DRIFT; step <= current + DRIFT; step++) {
    const isIt = totp.validate({ token: code, timestamp: step * PERIOD * 1000, window: 0 }) === 0;
    if (isIt && step > lastStep) return step;
  }
  return null;
}
