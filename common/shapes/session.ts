import type { PasskeyCreation, PasskeyRequest } from './passkey.ts';
import type { OidcChoice } from './directory.ts';
import type { LAB_POLICIES } from './policy.ts';
import type { Language, ProfileItems } from './profile.ts';
import type { LabSession } from './lab.ts';

/** A user as far as a client needs it. */
export interface SignedInUser {
  id: string;
  name: string;
  admin: boolean;
  language: Language;
  /** Looks after at least one group. */
  groupAdmin: boolean;
  /** As the organisation writes the person's name. */
  displayName: string | null;
  group: { id: string; name: string } | null;
}

/** What the sign-in screen may offer. */
export interface SessionOptions {
  registration: 'open' | 'invite' | 'closed';
  setupNeeded: boolean;
  version: string;
  /** Providers of single sign-on, each a button. */
  oidc: OidcChoice[];
  /** Names and passwords of the organisation's directory are good too. */
  ldap: boolean;
  passkeys: boolean;
  /** Whether this may be said to be a public computer, or counts as one anyway. */
  lab: (typeof LAB_POLICIES)[number];
  /** Whether a session may outlive the browser. */
  remember: boolean;
  /** Characters of a password of our own. */
  passwordLeast: number;
  /** The same with a second factor beside it. */
  passwordLeastWithFactor: number;
}

/** What a client needs to work: one access token for each part, and the token that renews them. Times are ISO 8601. */
export interface Tokens {
  /** The server's clock as these were made: clients' own are often wrong. */
  issuedAt: string;
  /** `lab` says how a lab session is kept; null: it is none. */
  session: { id: string; expiresAt: string; lab: LabSession | null };
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
  /** Only where this sign-in set up the first second factor: the codes for the day it is lost, told this once. */
  recovery?: string[];
}

/** Ways to prove a second time who one is. */
export const FACTOR_METHODS = ['totp', 'passkey', 'recovery'] as const;
export type FactorMethod = (typeof FACTOR_METHODS)[number];

/** Why another password has to be chosen: the one given at first, a reset, or the organisation's rules. */
export type ChangeReason = 'first' | 'reset' | 'policy';

/** What signing in still asks for; answered with `session.answer`. A ticket is good for five minutes and one right answer. */
export type SignInStep =
  | { step: 'second-factor'; ticket: string; methods: FactorMethod[]; passkey: PasskeyRequest | null }
  | { step: 'change-password'; ticket: string; reason: ChangeReason; least: number }
  | { step: 'set-up-factor'; ticket: string; totp: TotpSetUp; passkey: PasskeyCreation | null }
  | { step: 'unlock'; ticket: string };

/** The answer to registering where something is asked before a session: the user is there all the same. */
export type RegisteredStep = SignInStep & { registered: { id: string; name: string; admin: boolean } };

/** For an authenticator app: the secret in base32, and as `otpauth:` address for its camera. */
export interface TotpSetUp {
  secret: string;
  uri: string;
}

export function isSignInStep(answer: SignIn | SignInStep): answer is SignInStep {
  return 'step' in answer;
}
