import type { Language, ProfileItems } from './profile.ts';

/** A user as far as a client needs it. */
export interface SignedInUser {
  id: string;
  name: string;
  admin: boolean;
  language: Language;
}

/** What a client needs to work: one access token for each part, and the token that renews them. Times are ISO 8601. */
export interface Tokens {
  session: { id: string; expiresAt: string };
  /** Null when it travels as cookie. */
  refreshToken: string | null;
  /** Address of the user's storage-server, null while there is none. */
  home: string | null;
  /** Address of the relay's API, null while there is none. */
  relay: string | null;
  tokens: { profile: string; storage: string | null; relay: string | null };
  tokensExpireAt: string;
}

/** The parts that a client talks to, each with a token of its own. */
export type CalledPart = keyof Tokens['tokens'];

/** The answer to signing in and registering. */
export interface SignIn extends Tokens {
  user: SignedInUser;
  profile: ProfileItems;
}
