import {
  browserSupportsWebAuthn,
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
import { NOTHING, type Problem } from '../problem.ts';

/** Whether this page may ask for passkeys: the desktop app's has no domain that one could belong to. */
export function canUsePasskeys(): boolean {
  return native === null && browserSupportsWebAuthn();
}

/** Asks the person for a passkey; throws what `describePasskeyFailure` explains. */
export async function askPasskey(options: PasskeyRequest): Promise<PasskeyAnswer> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  return await startAuthentication({ optionsJSON });
}

export async function makePasskey(options: PasskeyCreation): Promise<NewPasskey> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  return await startRegistration({ optionsJSON });
}

/** Why there is no passkey, where the browser or the person is why; null for anything else. */
export function describePasskeyFailure(error: unknown): Problem | null {
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
  return null;
}

function explain(reason: string): Problem {
  return { code: 'sign-in-failed', ...NOTHING, reason };
}
