import { MINUTE, type Millis } from '../time.ts';

/** Mail takes a moment: whoever asks for a code twice gets one. */
export const BETWEEN_CODES: Millis = MINUTE;

/** Whether an address of the user may be sent from by Valija's own relay, and how that was shown. */
export interface SenderState {
  /** Id of the identity. */
  identity: string;
  address: string;
  account: string;
  way: 'relay' | 'smarthost';
  /** `not-needed`: its account's own server answers for it, or nothing is asked for here; `needed`: nothing leaves before. */
  proof: 'not-needed' | 'needed' | 'proven';
  /** A code that was typed in, one that was found in the mail that came, or the admin's list of domains. */
  how: 'code' | 'mail' | 'domain' | null;
  /** ISO; the last code that can still be entered. */
  codeSentAt: string | null;
  codeExpiresAt: string | null;
}

/** An own domain of the organisation, as admins list it. */
export interface OwnDomain {
  domain: string;
  /** Everybody may send as any address of it; else only `users`. */
  everybody: boolean;
  users: { id: string; name: string }[];
  addedAt: string;
}
