import type { WireError } from '../errors.ts';

export const OAUTH_FLOWS = ['code', 'device'] as const;
export type OAuthFlow = (typeof OAUTH_FLOWS)[number];

/** A sign-in at a provider that has begun; it waits for the user until `expiresAt`. */
export interface OAuthBegin {
  /** For `oauth.wait`, and when it is done for `secrets.oauthGrant`. */
  id: string;
  flow: OAuthFlow;
  /** Page of the provider to open in the system's browser; null in the device flow without a complete address. */
  url: string | null;
  /** What the user types at `verificationUrl`, on any device; null in the code flow. */
  userCode: string | null;
  verificationUrl: string | null;
  expiresAt: string;
}

/** How a begun sign-in stands; `error` says why it failed. */
export interface OAuthWait {
  state: 'pending' | 'done' | 'failed';
  error: WireError | null;
}

/** A provider to sign in with. */
export interface OAuthChoice {
  id: string;
  name: string;
  /** The first is the one offered. */
  flows: OAuthFlow[];
  /** The admin has set a client id. */
  ready: boolean;
  /** Its mail servers: settings found for an address that name one of them can sign in with it. */
  hosts: string[];
  /** What an account that signs in there has as its `auth`. */
  sasl: 'xoauth2' | 'oauthbearer';
}

/** A provider as admins see and set it: never the secret. */
export interface OAuthClient {
  provider: string;
  name: string;
  /** False for one that an admin has added. */
  builtIn: boolean;
  /** Null while none is set: nobody can sign in there. */
  clientId: string | null;
  hasSecret: boolean;
  flows: OAuthFlow[];
  authorizeUrl: string;
  tokenUrl: string;
  deviceUrl: string | null;
  /** Compared with `iss` of the provider's answers (RFC 9207) where it is known. */
  issuer: string | null;
  scopes: string[];
  sasl: 'xoauth2' | 'oauthbearer';
  /** Mail servers that its tokens may be sent to. */
  hosts: string[];
}
