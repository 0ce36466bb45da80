import {
  base64URLStringToBuffer,
  browserSupportsWebAuthn,
  bufferToBase64URLString,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type {
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
} from '../../../../common/shapes/passkey.ts';
import { native } from '../native.ts';
import { NOTHING, toProblem, type Problem } from '../problem.ts';

/** Whether this page may ask for passkeys: the desktop app's has no domain that one could belong to. */
export function canUsePasskeys(): boolean {
  return native === null && browserSupportsWebAuthn();
}

/**
 * Asks the person for a passkey, and the passkey for what it computes, where that is wanted and it can; throws what
 * `explainPasskey` explains.
 */
export async function askPasskey({ extensions, ...options }: PasskeyRequest): Promise<PasskeyAnswer> {
  const first = extensions?.prf.eval.first;
  const asked = first === undefined ? {} : { prf: { eval: { first: base64URLStringToBuffer(first) } } };
  const optionsJSON = { ...options, extensions: asked } as PublicKeyCredentialRequestOptionsJSON;
  const { clientExtensionResults, ...answer } = await startAuthentication({ optionsJSON });
  const { prf } = clientExtensionResults as { prf?: { results?: { first?: ArrayBuffer } } };
  const computed = prf?.results?.first;
  return computed === undefined ? answer : { ...answer, prf: bufferToBase64URLString(computed) };
}

export async function makePasskey(options: PasskeyCreation): Promise<NewPasskey> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  return await startRegistration({ optionsJSON });
}

/** What went wrong where a passkey is asked for: also the browser and the person may be why there is none. */
export function explainPasskey(error: unknown): Problem {
  const name =
    error instanceof WebAuthnError
      ? error.cause instanceof Error
        ? error.cause.name
        : error.name
      : error instanceof DOMException
        ? error.name
        : '';
  const known = error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
  if (known || name === 'InvalidStateError') return explain('passkey-here');
  if (['NotAllowedError', 'AbortError'].includes(name)) return explain('passkey-left');
  if (error instanceof WebAuthnError || name === 'SecurityError') return explain('passkey-browser');
  return toProblem(error);
}

function explain(reason: string): Problem {
  return { code: 'sign-in-failed', ...NOTHING, reason };
}
