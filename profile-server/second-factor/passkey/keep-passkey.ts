import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { readTransports, type NewPasskey } from '../../../common/shapes/passkey.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { ALGORITHMS, hashCredential, readPasskeyPlace } from './passkey-rule.ts';
import { insertPasskey, listPasskeysOf, type PasskeyRecord } from './passkey-store.ts';

/** One for each device of a person is far from it. */
const MOST = 20;

/** The record of a passkey that a browser made for `challenge`. MailError `invalid` (`passkey`). */
export async function readNewPasskey(
  server: ProfileContext,
  user: string,
  given: { made: NewPasskey; challenge: string; name: string },
): Promise<PasskeyRecord> {
  const { made, challenge, name } = given;
  const place = readPasskeyPlace(server.settings.publicUrl);
  if (place === null) throw refusePasskey();
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: {
      id: made.id,
      rawId: made.rawId,
      type: 'public-key',
      response: {
        clientDataJSON: made.response.clientDataJSON,
        attestationObject: made.response.attestationObject,
      },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: unknown) => {
    throw refusePasskey(error);
  });
  if (!verified.verified) throw refusePasskey();
  const { credential, credentialDeviceType } = verified.registrationInfo;
  return {
    id: makeId('pk', server.random),
    user,
    credential_hash: hashCredential(credential.id),
    credential: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: readTransports(made.response.transports ?? []).join(','),
    name,
    synced: credentialDeviceType === 'multiDevice' ? 1 : 0,
    suspect: 0,
    created_at: server.clock.now(),
    last_used: null,
  };
}

/** MailError `conflict` (`passkey-known`), or `too-large` when the user has too many. */
export async function keepPasskey(tx: Writer, passkey: PasskeyRecord): Promise<void> {
  if ((await listPasskeysOf(tx, passkey.user)).length >= MOST) {
    const params = { limit: MOST };
    throw new MailError('too-large', 'too many passkeys', { reason: 'passkeys', params });
  }
  if (await insertPasskey(tx, passkey)) return;
  throw new MailError('conflict', 'this passkey is known', { reason: 'passkey-known' });
}

function refusePasskey(cause?: unknown): MailError {
  return new MailError('invalid', 'the passkey proves nothing', { reason: 'passkey', cause });
}
