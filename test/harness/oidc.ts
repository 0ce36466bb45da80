import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';
import { findFreePort } from './ports.ts';

export interface OidcOptions {
  /** Where codes may be sent back to. */
  redirectUris: string[];
  /** Seconds that an access token lives (default 3600). */
  accessTokenLife?: number;
  /** Seconds that the codes of the device flow live (default 600). */
  deviceCodeLife?: number;
  /** Further claims of who signs in. */
  claimsOf?: (name: string) => Record<string, unknown>;
  /** By which methods, or in which class, somebody signs in there. */
  signsInBy?: (name: string) => { amr?: string[]; acr?: string };
}

/** A real OpenID provider on loopback whose users are whoever signs in. */
export interface Oidc {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** A client for signing in to Valija itself. */
  webClient: { id: string; secret: string };
  authorizeUrl: string;
  tokenUrl: string;
  deviceUrl: string;
  /** For Dovecot: a client that may ask whether a token is good. */
  introspection: { url: string; clientId: string; clientSecret: string };
  /** How often tokens were asked for and given, by grant type. */
  granted: Map<string, number>;
  /** And refused, by the error. */
  refused: string[];
  /** What the authorization page was asked with, newest last. */
  asked: URLSearchParams[];
  /** Ends every permission of a user, as he does it on the provider's page. */
  revoke(user: string): Promise<void>;
  /** While true, the token endpoint answers 503. */
  setBroken(broken: boolean): void;
  /** Holds back the answers to token requests until `release`; `arrived` when the first one is there. */
  holdTokens(): { arrived: Promise<void>; release: () => void };
  stop(): Promise<void>;
}

const CLIENT = { id: 'valija-client', secret: 'the secret of the client, never logged' };
const WEB_CLIENT = { id: 'valija-web', secret: 'the secret of the web client, never logged' };
const DOVECOT = { id: 'dovecot', secret: 'dovecot-secret' };

const PROFILE_CLAIMS = ['preferred_username', 'name', 'locale', 'groups', 'amr'];
/** A class of sign-in that the provider knows (OpenID Connect Core 2). */
export const STRONG_CLASS = 'https://refeds.org/profile/mfa';

export async function startOidc(options: OidcOptions): Promise<Oidc> {
  const port = await findFreePort();
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, configure(options));
  const login = Reflect.get(provider.Session.prototype, 'loginAccount') as (details: object) => void;
  provider.Session.prototype.loginAccount = function (details) {
    login.call(this, { ...details, ...options.signsInBy?.(details.accountId) });
  };
  const granted = new Map<string, number>();
  const refused: string[] = [];
  const asked: URLSearchParams[] = [];
  provider.on('grant.success', (ctx) => {
    const type = String(ctx.oidc.params?.['grant_type']);
    granted.set(type, (granted.get(type) ?? 0) + 1);
  });
  provider.on('grant.error', (_ctx, error) => refused.push((error as { error?: string }).error ?? ''));
  const grants = new Map<string, Set<string>>();
  provider.on('refresh_token.saved', ({ accountId, grantId }) => {
    if (accountId === undefined || grantId === undefined) return;
    grants.set(accountId, (grants.get(accountId) ?? new Set()).add(grantId));
  });
  let broken = false;
  let held: Promise<void> | null = null;
  let arrived: (() => void) | null = null;
  const answer = provider.callback();
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', issuer);
    if (url.pathname === '/auth') asked.push(url.searchParams);
    if (url.pathname !== '/token') {
      void answer(req, res);
      return;
    }
    if (broken) {
      res.writeHead(503, { 'content-type': 'text/html', 'retry-after': '1' });
      res.end('<h1>Service Unavailable</h1>');
      return;
    }
    arrived?.();
    void (held ?? Promise.resolve()).then(() => answer(req, res));
  });
  await listen(server, port);
  return {
    issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    webClient: WEB_CLIENT,
    authorizeUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    deviceUrl: `${issuer}/device/auth`,
    introspection: {
      url: `${issuer}/token/introspection`,
      clientId: DOVECOT.id,
      clientSecret: DOVECOT.secret,
    },
    granted,
    refused,
    asked,
    revoke: async (user) => {
      for (const grant of grants.get(user) ?? []) {
        await provider.RefreshToken.revokeByGrantId(grant);
        await provider.AccessToken.revokeByGrantId(grant);
        await (await provider.Grant.find(grant))?.destroy();
      }
    },
    setBroken: (value) => {
      broken = value;
    },
    holdTokens: () => {
      const hold = Promise.withResolvers<void>();
      const first = Promise.withResolvers<void>();
      held = hold.promise;
      arrived = first.resolve;
      const release = (): void => {
        held = null;
        hold.resolve();
      };
      return { arrived: first.promise, release };
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function configure(options: OidcOptions): Configuration {
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: options.redirectUris,
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        client_id: WEB_CLIENT.id,
        client_secret: WEB_CLIENT.secret,
        redirect_uris: options.redirectUris,
        post_logout_redirect_uris: options.redirectUris.map((uri) => new URL('/', uri).href),
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
      {
        client_id: DOVECOT.id,
        client_secret: DOVECOT.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: [],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: ['openid', 'offline_access', 'profile', 'email', 'mail'],
    acrValues: [STRONG_CLASS],
    claims: { openid: ['sub', 'acr'], email: ['email', 'email_verified'], profile: PROFILE_CLAIMS },
    conformIdTokenClaims: false,
    // NAME signs in as NAME@uni.test, whose maildrop is NAME.
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id}@uni.test`,
        email_verified: true,
        ...options.claimsOf?.(id),
      }),
    }),
    extraTokenClaims: (_ctx, token) => ('accountId' in token ? { username: token.accountId } : undefined),
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true },
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    pkce: { required: () => false },
    cookies: { keys: ['a key for tests only'] },
    ttl: {
      AccessToken: options.accessTokenLife ?? 3600,
      DeviceCode: options.deviceCodeLife ?? 600,
      RefreshToken: 86_400,
      Grant: 86_400,
      Session: 86_400,
      Interaction: 3600,
      IdToken: 3600,
    },
  };
}

async function listen(server: Server, port: number): Promise<AddressInfo> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server.address() as AddressInfo;
}
