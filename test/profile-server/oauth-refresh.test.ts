import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HOUR, MINUTE } from '../../common/time.ts';
import { startDeviceProvider } from '../fakes/device-provider.ts';
import { consent } from '../harness/consent.ts';
import {
  isActive,
  ownerOf,
  signIn,
  startOAuthRig,
  takeLease,
  tokenSettings,
  useSecret,
  type OAuthRig,
} from './oauth-rig.ts';
import { failure } from './sample-poll.ts';
import { registerUser, type TestUser } from './sample.ts';
import { refusal } from './start-server.ts';

describe('tokens of an account', () => {
  let rig: OAuthRig;
  let ana: TestUser;
  let bea: TestUser;
  before(async () => {
    rig = await startOAuthRig();
    ana = await registerUser(rig.running, 'ana');
    bea = await registerUser(rig.running, 'bea');
  });
  after(async () => await rig.stop());
  const begin = { provider: 'own', flow: null, account: null, email: null };
  const use = async (account: string, user = ana): Promise<string> =>
    await useSecret(rig.home.client, user.id, account);

  test('refreshed once although several ask, and the new refresh token is kept', async () => {
    const { id } = await signIn(ana, 'carl');
    const added = { settings: tokenSettings('carl'), secrets: { oauthGrant: id } };
    const { id: account } = await ana.client.account.add.mutate(added);
    const first = await use(account);
    for (const round of [1, 2]) {
      rig.running.clock.advance(HOUR);
      const lease = await takeLease(rig.home.client, ana.id, account);
      const held = rig.oidc.holdTokens();
      const asking = Array.from(
        { length: 5 },
        async () => (await rig.home.client.credential.use.mutate({ lease, account, purpose: 'test' })).secret,
      );
      await held.arrived;
      held.release();
      const tokens = new Set(await Promise.all(asking));
      assert.equal(tokens.size, 1);
      assert.ok(!tokens.has(first) && (await isActive(rig.oidc, [...tokens][0] ?? '')));
      assert.equal(rig.oidc.granted.get('refresh_token'), round, 'a rotated token refreshes again');
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await rig.home.client.schedule.report.mutate({ lease, result });
    }
  });

  test('their refresh is no change of the account, for which mail that waits would be tried: a new sign-in is', async () => {
    const relay = await rig.running.enrol('smtp-relay');
    const { id } = await signIn(bea, 'erik');
    const added = { settings: tokenSettings('erik'), secrets: { oauthGrant: id } };
    const account = await bea.client.account.add.mutate(added);
    const standing = async (): Promise<string[]> => {
      const accounts = [{ user: bea.id, account: account.id }];
      return (await relay.client.credential.standings.query({ accounts })).standings;
    };
    const before = await standing();
    const first = await use(account.id, bea);
    rig.running.clock.advance(HOUR);
    assert.notEqual(await use(account.id, bea), first);
    assert.deepEqual(await standing(), before);

    const lease = await takeLease(rig.home.client, bea.id, account.id);
    await rig.home.client.schedule.report.mutate({ lease, result: failure('timeout') });
    assert.deepEqual(await standing(), before, 'nor is a poll that failed');

    const again = { oauthGrant: (await signIn(bea, 'erik')).id };
    const edit = { id: account.id, base: null, settings: tokenSettings('erik'), secrets: again };
    await bea.client.account.edit.mutate(edit);
    assert.notDeepEqual(await standing(), before);
  });

  test('a provider that cannot answer is no reason to sign in; one that says no is, until the user does', async () => {
    const account = (await ana.client.account.list.query()).accounts.find(
      ({ email }) => email === 'carl@uni.test',
    )!;
    rig.running.clock.advance(HOUR);
    rig.oidc.setBroken(true);
    const broken = await refusal(use(account.id));
    assert.deepEqual(
      [broken.code, broken.reason, broken.serverLine],
      ['unavailable', 'oauth-unavailable', 'HTTP 503'],
    );
    rig.oidc.setBroken(false);
    const tooSoon = await refusal(use(account.id));
    assert.equal(tooSoon.reason, 'oauth-unavailable');
    assert.ok((tooSoon.retryAfter ?? 0) > 0, 'it waits before it asks the provider again');
    rig.running.clock.advance(MINUTE);
    assert.ok(await isActive(rig.oidc, await use(account.id)));

    await rig.oidc.revoke('carl');
    rig.running.clock.advance(HOUR);
    const gone = await refusal(use(account.id));
    assert.deepEqual([gone.code, gone.reason], ['needs-sign-in', 'oauth-expired']);
  });

  test('needs sign-in: the poll stops, nobody asks the provider again, one sign-in lifts it', async () => {
    const { id } = await signIn(bea, 'dora');
    const settings = tokenSettings('dora');
    const added = await bea.client.account.add.mutate({ settings, secrets: { oauthGrant: id } });
    await rig.oidc.revoke('dora');
    rig.running.clock.advance(HOUR);
    const lease = await takeLease(rig.home.client, bea.id, added.id);
    const poll = { lease, account: added.id, purpose: 'test' as const };
    assert.equal((await refusal(rig.home.client.credential.use.mutate(poll))).reason, 'oauth-expired');
    const refused = rig.oidc.refused.length;
    assert.equal((await refusal(rig.home.client.credential.use.mutate(poll))).reason, 'oauth-expired');
    assert.equal(rig.oidc.refused.length, refused, 'asked only once');
    const stopped = await bea.client.account.get.query({ id: added.id });
    assert.deepEqual([stopped.state, stopped.nextTry, stopped.oauth], ['needs-sign-in', null, 'own']);
    assert.deepEqual([stopped.error?.code, stopped.error?.reason], ['needs-sign-in', 'oauth-expired']);
    const { leases } = await rig.home.client.schedule.claim.mutate({ max: 10, wait: false });
    assert.deepEqual(
      leases.filter(({ account }) => account === added.id),
      [],
    );

    const wrong = await bea.client.oauth.begin.mutate({ ...begin, account: added.id });
    assert.equal(new URL(wrong.url ?? '').searchParams.get('login_hint'), 'dora@uni.test');
    const page = await consent(wrong.url ?? '', 'emil');
    assert.equal(page.status, 400);
    assert.match(page.text, /signed in as emil@uni\.test, which is another mailbox/);
    assert.equal((await bea.client.oauth.wait.query({ id: wrong.id })).error?.reason, 'oauth-other-mailbox');
    assert.equal((await bea.client.account.get.query({ id: added.id })).state, 'needs-sign-in');

    const foreign = refusal(ana.client.oauth.begin.mutate({ ...begin, account: added.id }));
    assert.equal((await foreign).code, 'not-found');
    await signIn(bea, 'dora', { account: added.id });
    const lifted = await bea.client.account.get.query({ id: added.id });
    assert.deepEqual([lifted.state, lifted.error], ['new', null]);
    assert.ok(
      lifted.nextTry !== null && Date.parse(lifted.nextTry) <= rig.running.clock.now(),
      'due at once',
    );
    const token = await rig.home.client.credential.use.mutate(poll);
    assert.ok(await isActive(rig.oidc, token.secret));
  });

  test('a mail server refuses a token of some age: a new one first, then the user', async () => {
    const { accounts } = await bea.client.account.list.query();
    const account = accounts.find(({ email }) => email === 'dora@uni.test')!.id;
    const refuse = async (): Promise<string> => {
      const lease = await takeLease(rig.home.client, bea.id, account, 'check');
      const use = { lease, account, purpose: 'retrieve' as const };
      const { secret } = await rig.home.client.credential.use.mutate(use);
      const error = {
        code: 'auth-failed' as const,
        message: 'refused',
        reason: null,
        params: {},
        field: null,
        serverLine: '-ERR [AUTH] no',
        retryAfter: null,
      };
      await rig.home.client.schedule.report.mutate({ lease, result: { ok: false, error } });
      return secret;
    };
    rig.running.clock.advance(2 * MINUTE);
    const first = await refuse();
    const waiting = await bea.client.account.get.query({ id: account });
    assert.deepEqual([waiting.state, waiting.error?.reason], ['failing', 'oauth-token-refused']);
    assert.ok(waiting.nextTry !== null, 'tried again by itself');
    const second = await refuse();
    assert.notEqual(second, first);
    const stopped = await bea.client.account.get.query({ id: account });
    assert.deepEqual([stopped.state, stopped.error?.code], ['needs-sign-in', 'auth-failed']);
    await signIn(bea, 'dora', { account });
  });

  test('a refresh that ends after the account got other tokens does not put back the old ones', async () => {
    const { id } = await signIn(ana, 'fay');
    const settings = tokenSettings('fay');
    const added = await ana.client.account.add.mutate({ settings, secrets: { oauthGrant: id } });
    rig.running.clock.advance(HOUR);
    const other = await signIn(ana, 'gus');
    const held = rig.oidc.holdTokens();
    const asking = use(added.id).catch(() => null);
    await held.arrived;
    const change = { id: added.id, base: null };
    const byPassword = { ...settings, pop3: { ...settings.pop3, auth: 'auto' as const } };
    await ana.client.account.edit.mutate({
      ...change,
      settings: byPassword,
      secrets: { pop3Password: 'secret' },
    });
    await ana.client.account.edit.mutate({
      ...change,
      settings: tokenSettings('gus'),
      secrets: { oauthGrant: other.id },
    });
    held.release();
    await asking;
    assert.equal(await ownerOf(rig.oidc, await use(added.id)), 'gus');
  });

  test('stopping waits for a refresh, so that the rotated token is not lost', async () => {
    const { accounts } = await bea.client.account.list.query();
    const account = accounts.find(({ email }) => email === 'dora@uni.test')!.id;
    rig.running.clock.advance(HOUR);
    const held = rig.oidc.holdTokens();
    const asking = use(account, bea).catch(() => null);
    await held.arrived;
    const stopping = rig.running.server.stop();
    // Cut off by the server that stops; the provider answers after that.
    await asking;
    held.release();
    await stopping;
    await rig.running.start();
    rig.running.clock.advance(HOUR);
    assert.ok(await isActive(rig.oidc, await use(account, bea)));
  });

  test('nothing of client or tokens stands in the database in clear', async () => {
    const account = (await bea.client.account.list.query()).accounts[0]!;
    const token = await use(account.id, bea);
    const bytes = readdirSync(rig.running.dataDir)
      .filter((name) => name.startsWith('profile.sqlite'))
      .map((name) => readFileSync(join(rig.running.dataDir, name), 'latin1'))
      .join('');
    assert.ok(bytes.includes(rig.oidc.clientId));
    for (const secret of [rig.oidc.clientSecret, token]) assert.ok(!bytes.includes(secret));
  });

  test('an admin who sends refreshes elsewhere gets no refresh token of anybody', async () => {
    const elsewhere = await startDeviceProvider({ answers: ['tokens'], interval: 1 });
    try {
      await rig.admin.client.oauth.setClient.mutate({ ...rig.client, tokenUrl: `${elsewhere.url}/token` });
      rig.running.clock.advance(HOUR);
      const account = (await bea.client.account.list.query()).accounts[0]!;
      const refused = await refusal(use(account.id, bea));
      assert.deepEqual([refused.code, refused.reason], ['needs-sign-in', 'oauth-expired']);
      assert.deepEqual(elsewhere.asked, []);
      await rig.admin.client.oauth.setClient.mutate(rig.client);
      assert.ok(await isActive(rig.oidc, await use(account.id, bea)));
    } finally {
      await elsewhere.stop();
    }
  });

  test('a client that is removed: nobody signs in there, and tokens are not refreshed', async () => {
    await rig.admin.client.oauth.removeClient.mutate({ provider: 'own' });
    assert.equal((await refusal(ana.client.oauth.begin.mutate(begin))).code, 'not-found');
    rig.running.clock.advance(HOUR);
    const account = (await bea.client.account.list.query()).accounts[0]!;
    const refused = await refusal(use(account.id, bea));
    assert.deepEqual([refused.code, refused.reason], ['unavailable', 'oauth-client']);
    await rig.admin.client.oauth.setClient.mutate(rig.client);
    assert.ok(await isActive(rig.oidc, await use(account.id, bea)));
  });
});
