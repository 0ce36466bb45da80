import { MailError } from '../../../common/errors.ts';
import type { PasskeyAnswer } from '../../../common/shapes/passkey.ts';
import type { ProfileContext } from '../../context.ts';
import { writeNote } from '../../session/note/security-notes.ts';
import { spendOnce } from '../../session/ticket/ticket.ts';
import { removePasskeyWrap } from '../../vault/personal/passkey/wrap-store.ts';
import { hashCredential, readPasskeyPlace } from './passkey-rule.ts';
import { findPasskey, suspectPasskey, usePasskey, type PasskeyRecord } from './passkey-store.ts';

interface GivenAnswer {
  answer: PasskeyAnswer;
  challenge: string;
  alone: boolean;
  verified: boolean;
}

/**
 * The passkey that answered `challenge`, used by that; null when its answer proves nothing. `alone`: it stands for name,
 * password and second factor, so it has to say who its owner is. `verified`: it has to have verified him, by finger, face or
 * PIN, as whatever stands alone or opens what is sealed must: it may be in a finder's hands.
 */
export async function usePasskeyAnswer(
  server: ProfileContext,
  given: GivenAnswer,
): Promise<PasskeyRecord | null> {
  const passkey = await findPasskey(server.db.read, hashCredential(given.answer.id));
  if (passkey === undefined || passkey.suspect === 1) return null;
  const counter = await verifyAnswer(server, passkey, given);
  if (counter === null) return null;
  const used = await server.db.write(async (tx) => {
    // The same answer sent twice is no copy of the key: it is only worth nothing the second time.
    if (!(await spendOnce(server, tx, given.challenge))) return 'replayed';
    return (await usePasskey(tx, passkey.id, counter, server.clock.now())) ? 'fresh' : 'older';
  });
  if (used === 'older') await suspect(server, passkey, counter);
  return used === 'fresh' ? passkey : null;
}

/** The counter of a right answer. */
async function verifyAnswer(
  server: ProfileContext,
  passkey: PasskeyRecord,
  { answer, challenge, alone, verified: mustVerify }: GivenAnswer,
): Promise<number | null> {
  const place = readPasskeyPlace(server.settings.publicUrl);
  if (place === null) return null;
  const owner = Buffer.from(passkey.user).toString('base64url');
  const { userHandle } = answer.response;
  if (alone ? userHandle !== owner : (userHandle ?? owner) !== owner) return null;
  // Only who has a passkey needs it: it brings parsers of certificates along.
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { clientDataJSON, authenticatorData, signature } = answer.response;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.rawId,
        type: 'public-key',
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.rpId,
      // The counter is judged by our own table, in the transaction that notes the use.
      credential: {
        id: passkey.credential,
        publicKey: Uint8Array.from(passkey.public_key),
        counter: 0,
      },
      requireUserVerification: mustVerify,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch (error) {
    server.log.debug('passkey.refused', { passkey: passkey.id, error });
    return null;
  }
}

/** A counter that went back means that two hold this key (WebAuthn Level 3, 7.2, step 22): neither gets in by it any more. */
async function suspect(server: ProfileContext, passkey: PasskeyRecord, counter: number): Promise<never> {
  await server.db.write(async (tx) => {
    if (!(await suspectPasskey(tx, passkey.id))) return;
    await removePasskeyWrap(tx, passkey.user, passkey.id);
    const detail = { name: passkey.name };
    await writeNote(tx, server, { user: passkey.user, what: 'passkey-copied', by: null, detail });
  });
  server.log.warn('passkey.copied', { user: passkey.user, passkey: passkey.id, counter });
  throw new MailError('sign-in-failed', 'the passkey counts backwards', { reason: 'passkey-copied' });
}
