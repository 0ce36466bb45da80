import { z } from 'zod';

/** Bytes as WebAuthn's JSON writes them: base64url without padding. */
const bytes = (most: number): z.ZodString =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/);

/** What a browser is asked to sign in with: `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, 5.1.10), as far as we fill it. */
export interface PasskeyRequest {
  challenge: string;
  rpId: string;
  /** Milliseconds. */
  timeout: number;
  userVerification: 'required' | 'preferred';
  /** Empty where any passkey of this server may answer. */
  allowCredentials: PasskeyDescriptor[];
  /** What the passkey computes a secret from, where it can (10.1.4): base64url. */
  extensions?: { prf: { eval: { first: string } } };
}

/** What a browser is asked to make a passkey by: `PublicKeyCredentialCreationOptionsJSON`, as far as we fill it. */
export interface PasskeyCreation {
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  challenge: string;
  pubKeyCredParams: { type: 'public-key'; alg: number }[];
  timeout: number;
  excludeCredentials: PasskeyDescriptor[];
  authenticatorSelection: {
    residentKey: 'required';
    requireResidentKey: true;
    userVerification: 'preferred';
  };
  attestation: 'none';
  /** That it is to compute secrets later: many can only if that is said when they are made (10.1.4). */
  extensions: { prf: Record<string, never> };
}

export interface PasskeyDescriptor {
  type: 'public-key';
  id: string;
  transports?: PasskeyTransport[];
}

const PASSKEY_TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
export type PasskeyTransport = (typeof PASSKEY_TRANSPORTS)[number];

/** A credential id has at most 1,023 bytes (WebAuthn Level 3, 6.1.1). */
const credentialId = bytes(1400);

/** Browsers send more than is read (`toJSON` of a credential): what we do not know is left out. */
const credential = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

/** `AuthenticationResponseJSON`: the answer of `navigator.credentials.get`. */
export const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8000),
    authenticatorData: bytes(8000),
    signature: bytes(8000),
    userHandle: bytes(200).nullish(),
  }),
  /** What it computed from the request's `extensions`: 32 bytes. Not in the JSON of browsers, which would leave it out. */
  prf: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional(),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

/** `RegistrationResponseJSON`: the answer of `navigator.credentials.create`. */
export const newPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8000),
    attestationObject: bytes(40_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export type NewPasskey = z.infer<typeof newPasskey>;

/** Of what an authenticator says of itself only the known is kept. */
export function readTransports(said: readonly string[]): PasskeyTransport[] {
  return PASSKEY_TRANSPORTS.filter((transport) => said.includes(transport));
}
