import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AccountSettingsInput } from '../../common/shapes/account.ts';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { StorageRouter } from '../../storage-server/router.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { clientOf, consent } from '../harness/consent.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { startOidc, type Oidc } from '../harness/oidc.ts';
import { startSystem, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { expectSession } from '../harness/expect-session.ts';

/** Seconds: short enough to see tokens end, long enough to sign in with one. */
const TOKEN_LIFE = 6;

const mail = (to: string, subject: string): Uint8Array =>
  Buffer.from(
    `From: b@far.test\r\nTo: ${to}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}.${to}>\r\n\r\nHi\r\n`,
  );

/** Whole Valija, a real OpenID provider, and a Dovecot that asks that provider about each token. */
for (const mode of ['start', 'serve'] as const) {
  describe(`mail by access tokens (${mode})`, { skip: missingComponent('dovecot', 'openssl') }, () => {
    const temp = makeTempDir('system-oauth');
    const authority = makeAuthority(temp.path);
    let system: System;
    let oidc: Oidc;
    let dovecot: Dovecot;
    let profile: ReturnType<typeof createTRPCClient<ProfileRouter>>;
    let storage: ReturnType<typeof createTRPCClient<StorageRouter>>;
    before(async () => {
      system = await startSystem({ mode, env: { NODE_EXTRA_CA_CERTS: authority.certFile } });
      const { profile: profileUrl, storage: storageUrl } = system.ready;
      oidc = await startOidc({
        redirectUris: [`${profileUrl}/oauth/callback`],
        accessTokenLife: TOKEN_LIFE,
      });
      dovecot = await startDovecot({
        users: { ana: 'never used', bea: 'never used' },
        certificate: authority.issue(['localhost']),
        tokens: oidc.introspection,
      });
      const clientFor = (url: string | null, token: string | null) =>
        httpLink({
          url: `${url}/trpc`,
          headers: token === null ? { origin: 'valija://app' } : { authorization: `Bearer ${token}` },
        });
      const anybody = createTRPCClient<ProfileRouter>({ links: [clientFor(profileUrl, null)] });
      const { user, password } = await system.makeAdmin();
      const admin = await expectSession(anybody.session.signIn.mutate({ name: user, password }));
      await createTRPCClient<ProfileRouter>({
        links: [clientFor(profileUrl, admin.tokens.profile)],
      }).oauth.setClient.mutate(clientOf(oidc, ['localhost']));
      const { tokens } = await expectSession(
        anybody.session.register.mutate({
          name: 'ana',
          password: 'a long password 1',
        }),
      );
      profile = createTRPCClient<ProfileRouter>({ links: [clientFor(profileUrl, tokens.profile)] });
      storage = createTRPCClient<StorageRouter>({ links: [clientFor(storageUrl, tokens.storage)] });
    });
    after(async () => {
      await system.stop();
      await dovecot.stop();
      await oidc.stop();
      temp.remove();
    });

    const settingsOf = (name: string, auth: 'xoauth2' | 'oauthbearer'): AccountSettingsInput => ({
      email: `${name}@uni.test`,
      name: null,
      pop3: { host: 'localhost', port: dovecot.tlsPort, tls: 'implicit', user: name, auth },
      send: { way: 'relay', smtp: null },
      keep: 'always',
      interval: 3600,
    });
    const begin = async (more: { account?: string; flow?: 'code' | 'device' } = {}) =>
      await profile.oauth.begin.mutate({
        provider: 'own',
        flow: more.flow ?? 'code',
        account: more.account ?? null,
        email: null,
      });
    const check = async (account: string) => {
      const { accounts } = await storage.check.run.mutate({ account });
      return accounts[0]!;
    };
    let ana: string;

    test('by the page and XOAUTH2: tested before it is saved, then fetched', async () => {
      dovecot.deliver('ana', [mail('ana', 'one'), mail('ana', 'two')]);
      const begun = await begin();
      assert.equal((await consent(begun.url ?? '', 'ana')).status, 200);
      assert.deepEqual(await profile.oauth.wait.query({ id: begun.id }), { state: 'done', error: null });
      const settings = settingsOf('ana', 'xoauth2');
      const secrets = { oauthGrant: begun.id };
      const tested = await storage.account.test.mutate({ settings, secrets });
      assert.deepEqual([tested.pop3.ok, tested.pop3.messages], [true, 2], JSON.stringify(tested));
      assert.ok(tested.pop3.capabilities.some((line) => /XOAUTH2/.test(line)));
      const account = await profile.account.add.mutate({ settings, secrets });
      ana = account.id;
      assert.equal(account.oauth, 'own');
      const checked = await check(ana);
      assert.deepEqual([checked.new, checked.error], [2, null]);
      assert.equal((await storage.mail.list.query({})).total, 2);
    });

    test('by a code on another device and OAUTHBEARER', async () => {
      dovecot.deliver('bea', [mail('bea', 'three')]);
      const begun = await begin({ flow: 'device' });
      assert.equal((await consent(begun.url ?? '', 'bea')).status, 200);
      assert.equal((await profile.oauth.wait.query({ id: begun.id })).state, 'done');
      const settings = settingsOf('bea', 'oauthbearer');
      const account = await profile.account.add.mutate({ settings, secrets: { oauthGrant: begun.id } });
      assert.deepEqual([(await check(account.id)).new, account.pop3.auth], [1, 'oauthbearer']);
    });

    test('the token has run out: refreshed by itself, and mail comes', async () => {
      dovecot.deliver('ana', [mail('ana', 'four')]);
      const before = oidc.granted.get('refresh_token') ?? 0;
      await sleep(TOKEN_LIFE * 1000);
      const checked = await check(ana);
      assert.deepEqual([checked.new, checked.error], [1, null]);
      assert.ok((oidc.granted.get('refresh_token') ?? 0) > before);
    });

    test('the permission is taken back: needs sign-in, one sign-in, and mail comes again', async () => {
      dovecot.deliver('ana', [mail('ana', 'five')]);
      await oidc.revoke('ana');
      await sleep(TOKEN_LIFE * 1000);
      const refused = await check(ana);
      assert.deepEqual([refused.error?.code, refused.error?.reason], ['needs-sign-in', 'oauth-expired']);
      const stopped = await profile.account.get.query({ id: ana });
      assert.deepEqual([stopped.state, stopped.nextTry], ['needs-sign-in', null]);
      assert.match(stopped.error?.message ?? '', /permission .* has ended/);

      const begun = await begin({ account: ana });
      assert.equal((await consent(begun.url ?? '', 'ana')).status, 200);
      assert.equal((await profile.oauth.wait.query({ id: begun.id })).state, 'done');
      const lifted = await profile.account.get.query({ id: ana });
      assert.equal(lifted.error, null);
      // It is due at once; a check joins that poll or comes after it.
      await check(ana);
      assert.equal((await storage.mail.list.query({})).total, 5);
      assert.equal((await profile.account.get.query({ id: ana })).state, 'ok');
    });

    test('no token, code or secret stands in the log', () => {
      const log = system.processes.map((running) => running.log()).join('\n');
      for (const word of [oidc.clientSecret, 'access_token', 'refresh_token', 'code=', 'Bearer ']) {
        assert.ok(!log.includes(word), word);
      }
    });
  });
}
