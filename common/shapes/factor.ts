import { z } from 'zod';
import { passkeyAnswer, type PasskeyCreation, type PasskeyRequest } from './passkey.ts';

/** What a user has to prove itself by beside the password. Times are ISO 8601. */
export interface FactorList {
  totp: { createdAt: string; lastUsed: string | null } | null;
  passkeys: PasskeyRow[];
  /** Recovery codes that were not used. */
  recoveryLeft: number;
  /** The organisation's policy asks for a second factor: the last one cannot be removed. */
  required: boolean;
  /** False where this server has no name, only an IP address: browsers make no passkeys for that. */
  passkeysPossible: boolean;
  /** There are accounts that only their user opens: a passkey may be let do it. */
  opening: boolean;
}

export interface PasskeyRow {
  id: string;
  name: string;
  createdAt: string;
  lastUsed: string | null;
  /** Kept by its maker on several devices. */
  synced: boolean;
  /** Its counter went back, there may be a copy: it gets nobody in any more. */
  suspect: boolean;
  /** It opens the accounts that are polled only while their user is signed in, as his password does. */
  opens: boolean;
}

/** An authenticator app that waits for its first code. */
export interface BegunTotp {
  ticket: string;
  secret: string;
  uri: string;
}

/** A passkey that a browser is to make; the answer goes with the ticket to `factor.addPasskey`. */
export interface BegunPasskey {
  ticket: string;
  options: PasskeyCreation;
}

/** For a passkey that signs in alone, or proves once more who is signed in. */
export interface AskedPasskey {
  ticket: string;
  options: PasskeyRequest;
}

/** `recovery` only with the first factor: ten codes, told this once. */
export interface AddedFactor {
  recovery: string[] | null;
}

/** What a passkey of who is signed in answered to the question of that ticket. */
export const openingAnswer = z.object({ ticket: z.string().max(20_000), answer: passkeyAnswer });

/** That it is still the user, for what weakens security: the password, or a factor that was given just now. One of them. */
export const proofInput = z.object({
  password: z.string().max(4096).optional(),
  totp: z.string().max(100).optional(),
  recovery: z.string().max(200).optional(),
  /** With the ticket of `session.passkeyOptions`. */
  passkey: openingAnswer.optional(),
});
export type ProofInput = z.infer<typeof proofInput>;
