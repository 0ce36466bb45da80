import { isIP } from 'node:net';
import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import {
  readTransports,
  type PasskeyCreation,
  type PasskeyDescriptor,
  type PasskeyRequest,
} from '../../../common/shapes/passkey.ts';
import type { PasskeyRecord } from './passkey-store.ts';

/** Milliseconds that a browser may take: as long as the ticket. */
const TIMEOUT = 300_000;
/** EdDSA, ES256, RS256 (RFC 9053, RFC 8812): what authenticators have. */
export const ALGORITHMS = [-8, -7, -257];
/** For people to tell them apart by. */
const NAME_LENGTH = 100;
/** One for all: what a passkey computes from it is its own secret all the same, and one that says itself whose it is can be asked too. */
const COMPUTE_FROM = createHash('sha256').update('valija personal key').digest('base64url');
const COMPUTE = { prf: { eval: { first: COMPUTE_FROM } } };

/** By what browsers bind a passkey to this server: the host of its address, and the exact origin. */
export interface PasskeyPlace {
  rpId: string;
  origin: string;
}

/** Null where the address is a bare IP address, which browsers make no passkeys for (WebAuthn Level 3, 4, "RP ID"). */
export function readPasskeyPlace(publicUrl: string): PasskeyPlace | null {
  const { hostname, origin } = new URL(publicUrl);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { rpId: hostname, origin } : null;
}

/** MailError `forbidden` (`passkey-host`) where there can be none. */
export function demandPasskeyPlace(publicUrl: string): PasskeyPlace {
  const place = readPasskeyPlace(publicUrl);
  if (place !== null) return place;
  throw new MailError('forbidden', 'no passkeys for a bare address', { reason: 'passkey-host' });
}

/** What a browser is asked for one of `keys`, or with none for any of this server's that knows its owner. */
export function askPasskey(
  rpId: string,
  challenge: string,
  keys: readonly PasskeyRecord[] | null,
): PasskeyRequest {
  return {
    challenge,
    rpId,
    timeout: TIMEOUT,
    // Alone it stands for both factors, so it has to know its owner by finger, face or PIN.
    userVerification: keys === null ? 'required' : 'preferred',
    allowCredentials: (keys ?? []).map(describePasskey),
    ...(keys === null ? { extensions: COMPUTE } : {}),
  };
}

/** The same for what one of `keys` computes, beside that it is there: only who was verified gets the right secret. */
export function askOpening(rpId: string, challenge: string, keys: readonly PasskeyRecord[]): PasskeyRequest {
  const asked = askPasskey(rpId, challenge, keys);
  return { ...asked, userVerification: 'required', extensions: COMPUTE };
}

/** What a browser is asked to make; `keys` are the user's others, so that no authenticator holds two. */
export function askNewPasskey(
  rpId: string,
  challenge: string,
  user: { id: string; name: string; displayName: string },
  keys: readonly PasskeyRecord[],
): PasskeyCreation {
  return {
    rp: { id: rpId, name: 'Valija' },
    user: { ...user, id: Buffer.from(user.id).toString('base64url') },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
    timeout: TIMEOUT,
    excludeCredentials: keys.map(describePasskey),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'preferred',
    },
    attestation: 'none',
    extensions: { prf: {} },
  };
}

export function hashCredential(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** MailError `invalid`. */
export function checkPasskeyName(name: string): string {
  const trimmed = name.normalize('NFC').trim();
  const length = Array.from(trimmed).length;
  if (length > 0 && length <= NAME_LENGTH && !/\p{Cc}/u.test(trimmed)) return trimmed;
  const params = { max: NAME_LENGTH };
  throw new MailError('invalid', 'name of a passkey refused', {
    field: 'name',
    reason: 'passkey-name',
    params,
  });
}

function describePasskey({ credential, transports }: PasskeyRecord): PasskeyDescriptor {
  return { type: 'public-key', id: credential, transports: readTransports(transports.split(',')) };
}
