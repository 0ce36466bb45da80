import assert from 'node:assert/strict';
import type { AccountSettings } from '../../common/shapes/account.ts';
import { startOidc, type Oidc, type OidcOptions } from '../harness/oidc.ts';
import { clientOf, consent } from '../harness/consent.ts';
import { registerUser, sampleSettings, type TestUser } from './sample.ts';
import { startServer, type EnrolledPart, type RunningServer, type StartOptions } from './start-server.ts';

/** A profile-server, a real provider that its admin has set, and the home of its users. */
export interface OAuthRig {
  running: RunningServer;
  oidc: Oidc;
  admin: TestUser;
  home: EnrolledPart;
  /** What the admin set, to set it again with a change. */
  client: Parameters<TestUser['client']['oauth']['setClient']['mutate']>[0];
  stop(): Promise<void>;
}

export async function startOAuthRig(
  options: StartOptions & { oidc?: Partial<OidcOptions> } = {},
): Promise<OAuthRig> {
  const running = await startServer({
    ...options,
    settings: { allowNetworks: ['127.0.0.0/8', '::1/128'], ...options.settings },
  });
  const publicUrl = options.settings?.publicUrl ?? running.url;
  const oidc = await startOidc({ redirectUris: [`${publicUrl}/oauth/callback`], ...options.oidc });
  const home = await running.enrol('storage-server');
  await home.client.part.announce.mutate({ url: 'http://localhost:2', submission: null });
  const admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
  const client = clientOf(oidc, ['pop.uni.test', 'smtp.uni.test']);
  await admin.client.oauth.setClient.mutate(client);
  return {
    running,
    oidc,
    admin,
    home,
    client,
    stop: async () => {
      await running.stop();
      await oidc.stop();
    },
  };
}

/** Settings of NAME@uni.test, who signs in with a token. */
export function tokenSettings(name: string, change: Partial<AccountSettings> = {}): AccountSettings {
  return sampleSettings({
    email: `${name}@uni.test`,
    pop3: { host: 'pop.uni.test', port: 995, tls: 'implicit', user: name, auth: 'xoauth2' },
    ...change,
  });
}

const NOTHING = { flow: null, account: null, email: null };

/** A finished sign-in of the user at the provider as NAME; its id is the grant. */
export async function signIn(
  user: TestUser,
  name: string,
  more: Partial<typeof NOTHING> | { account: string } = {},
) {
  const begun = await user.client.oauth.begin.mutate({ provider: 'own', ...NOTHING, ...more });
  const page = await consent(begun.url ?? '', name);
  assert.equal(page.status, 200, page.text);
  const waited = await user.client.oauth.wait.query({ id: begun.id });
  assert.deepEqual(waited, { state: 'done', error: null });
  return { id: begun.id, page };
}

/** A lease on the account. */
export async function takeLease(
  home: EnrolledPart['client'],
  user: string,
  account: string,
  purpose: 'test' | 'check' = 'test',
): Promise<string> {
  const taken = await home.schedule.take.mutate({ user, accounts: [account], purpose });
  const lease = taken.leases[0];
  assert.ok(lease !== undefined, JSON.stringify(taken));
  return lease.id;
}

/** Whether the provider takes this access token for good. */
export async function isActive(oidc: Oidc, token: string): Promise<boolean> {
  return (await introspect(oidc, token)).active;
}

/** Who signed in for this access token; null when it is not good. */
export async function ownerOf(oidc: Oidc, token: string): Promise<string | null> {
  return (await introspect(oidc, token)).sub ?? null;
}

async function introspect(oidc: Oidc, token: string): Promise<{ active: boolean; sub?: string }> {
  const { url, clientId, clientSecret } = oidc.introspection;
  const body = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret });
  return (await (await fetch(url, { method: 'POST', body })).json()) as { active: boolean; sub?: string };
}

/** The secret of an account as its home gets it for one session. */
export async function useSecret(
  home: EnrolledPart['client'],
  user: string,
  account: string,
): Promise<string> {
  const lease = await takeLease(home, user, account);
  try {
    return (await home.credential.use.mutate({ lease, account, purpose: 'test' })).secret;
  } finally {
    const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
    await home.schedule.report.mutate({ lease, result });
  }
}
