import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import { HOUR, MINUTE } from '../../common/time.ts';
import type { RecipientStatus } from '../../common/shapes/status.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { clientOf, consent } from '../harness/consent.ts';
import { startOidc, type Oidc } from '../harness/oidc.ts';
import { makeUserClient, makePartClient } from '../harness/relay.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../harness/relay-sending.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { expectSession } from '../harness/expect-session.ts';

/** One mail on its way by a smarthost that takes tokens only, from its first try to the user's sign-in. */
describe('a smarthost that wants an access token', () => {
  const dir = makeTempDir('relay-oauth');
  const authority = makeAuthority(dir.path);
  const login = { user: 'ana', password: 'none yet', mechanisms: 'PLAIN LOGIN XOAUTH2' };
  let sending: RelaySending;
  let oidc: Oidc;
  let account: string;
  let commands: string[];
  before(async () => {
    authority.trust();
    sending = await startRelaySending();
    const { world } = sending;
    oidc = await startOidc({ redirectUris: [`${world.profile.url}/oauth/callback`] });
    const anybody = makeUserClient(world.profile.url, null);
    const setupCode = world.profile.setupCode() ?? '';
    const admin = await expectSession(
      anybody.session.register.mutate({
        name: 'admin',
        password: 'a long password 1',
        setupCode,
      }),
    );
    const client = clientOf(oidc, ['localhost', 'pop.uni.test']);
    await makeUserClient(world.profile.url, admin.tokens.profile).oauth.setClient.mutate(client);
    const fake = await sending.startFake({ login, certificate: authority.issue(['localhost']) });
    commands = fake.commands;
    const smtp: SmtpSettings = {
      host: 'localhost',
      port: fake.port,
      tls: 'starttls',
      user: 'ana',
      auth: 'xoauth2',
    };
    const user = await world.asUser();
    const begin = { provider: 'own', flow: null, account: null, email: null };
    const begun = await user.oauth.begin.mutate(begin);
    assert.equal((await consent(begun.url ?? '', 'ana')).status, 200);
    const settings = {
      email: 'ana@uni.test',
      name: null,
      pop3: {
        host: 'pop.uni.test',
        port: 995,
        tls: 'implicit' as const,
        user: 'ana',
        auth: 'xoauth2' as const,
      },
      send: { way: 'smarthost' as const, smtp },
      keep: 'always',
      interval: 300,
    };
    account = (await user.account.add.mutate({ settings, secrets: { oauthGrant: begun.id } })).id;
  });
  after(async () => {
    await sending.stop();
    await oidc.stop();
    dir.remove();
  });

  const readToken = async (): Promise<string> => {
    const { world } = sending;
    const home = makePartClient(world.profile.url, world.homeKey);
    return (await home.credential.submitTest.mutate({ user: world.user, account })).secret ?? '';
  };
  const from = 'ana@uni.test';
  const nextStatus = async (key: string): Promise<RecipientStatus | undefined> =>
    statusesOf(await sending.takeOf(key, 1))[0];

  test('gets it by XOAUTH2 over TLS', async () => {
    login.password = await readToken();
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'first' }, 1));
    assert.deepEqual([status?.state, status?.route, status?.tls !== null], ['accepted', 'smarthost', true]);
    assert.ok(commands.some((line) => line.includes('AUTH XOAUTH2')));
  });

  test('refuses a token that still had time: deferred, a new one is fetched, accepted', async () => {
    const old = await readToken();
    login.password = 'another one';
    await sending.restartLater(2 * MINUTE);
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'early' }, 1));
    assert.deepEqual([status?.state, status?.reason, status?.code], ['deferred', 'needs-sign-in', 535]);
    assert.equal(oidc.granted.get('refresh_token') ?? 0, 0);
    login.password = await readToken();
    assert.notEqual(login.password, old);
    assert.equal(oidc.granted.get('refresh_token'), 1);
    await sending.restartLater(HOUR / 2);
    assert.equal((await nextStatus('early'))?.state, 'accepted');
  });

  test('the permission is over: deferred with its own reason, the account needs its user, then it leaves', async () => {
    await oidc.revoke('ana');
    await sending.restartLater(HOUR);
    const [status] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'over' }, 1));
    assert.deepEqual(
      [status?.state, status?.reason, status?.enhanced],
      ['deferred', 'needs-sign-in/oauth-expired', '4.7.0'],
    );
    const user = await sending.world.asUser();
    const stopped = await user.account.get.query({ id: account });
    assert.deepEqual([stopped.state, stopped.error?.reason], ['needs-sign-in', 'oauth-expired']);
    const begun = await user.oauth.begin.mutate({ provider: 'own', flow: null, account, email: null });
    assert.equal((await consent(begun.url ?? '', 'ana')).status, 200);
    login.password = await readToken();
    await sending.restartLater(HOUR / 2);
    assert.equal((await nextStatus('over'))?.state, 'accepted');
  });
});
