import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HOUR, MINUTE } from '../../common/time.ts';
import { consent } from '../harness/consent.ts';
import { makeVisitor } from '../harness/web-visitor.ts';
import { signIn, startOAuthRig, takeLease, tokenSettings, type OAuthRig } from './oauth-rig.ts';
import { registerUser, type TestUser } from './sample.ts';
import { refusal } from './start-server.ts';

describe('accounts that sign in at their provider', () => {
  let rig: OAuthRig;
  let ana: TestUser;
  let bea: TestUser;
  before(async () => {
    rig = await startOAuthRig();
    ana = await registerUser(rig.running, 'ana');
    bea = await registerUser(rig.running, 'bea');
  });
  after(async () => await rig.stop());

  const isActive = async (token: string): Promise<boolean> => {
    const { url, clientId, clientSecret } = rig.oidc.introspection;
    const body = new URLSearchParams({ token, client_id: clientId, client_secret: clientSecret });
    const answer = (await (await fetch(url, { method: 'POST', body })).json()) as { active: boolean };
    return answer.active;
  };
  const begin = { provider: 'own', flow: null, account: null, email: null };
  /** Its answer may be lost with the server that stops. */
  const refusalOrToken = async (call: Promise<string>): Promise<string | null> =>
    await call.catch(() => null);
  const use = async (account: string, user = ana): Promise<string> => {
    const lease = await takeLease(rig.home.client, user.id, account);
    const input = { lease, account, purpose: 'test' as const };
    try {
      return (await rig.home.client.credential.use.mutate(input)).secret;
    } finally {
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await rig.home.client.schedule.report.mutate({ lease, result });
    }
  };

  test('what a user may choose, and what is not ready says so', async () => {
    const { providers } = await ana.client.oauth.providers.query();
    assert.deepEqual(
      providers.filter(({ ready }) => ready).map(({ id, flows, sasl }) => ({ id, flows, sasl })),
      [{ id: 'own', flows: ['code', 'device'], sasl: 'xoauth2' }],
    );
    const google = await refusal(ana.client.oauth.begin.mutate({ ...begin, provider: 'google' }));
    assert.deepEqual([google.code, google.reason], ['not-yet', 'oauth-no-client']);
    const nobody = await refusal(ana.client.oauth.begin.mutate({ ...begin, provider: 'nobody' }));
    assert.deepEqual([nobody.code, nobody.reason], ['not-found', 'oauth-provider']);
    const { clients } = await rig.admin.client.oauth.clients.query();
    const own = clients.find(({ provider }) => provider === 'own');
    assert.equal(own?.hasSecret, true);
    assert.doesNotMatch(JSON.stringify(clients), new RegExp(rig.oidc.clientSecret));
  });

  test('from the click to the token: PKCE, the page at the end, the account, one use of the code', async () => {
    const begun = await ana.client.oauth.begin.mutate({ ...begin, email: 'ana@uni.test' });
    const asked = new URL(begun.url ?? '').searchParams;
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.equal(asked.get('login_hint'), 'ana@uni.test');
    assert.equal(asked.get('redirect_uri'), `${rig.running.url}/oauth/callback`);
    const page = await consent(begun.url ?? '', 'ana');
    assert.equal(page.status, 200, page.text);
    assert.match(page.text, /University for the user ana/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-/,
    );
    assert.deepEqual(await ana.client.oauth.wait.query({ id: begun.id }), { state: 'done', error: null });
    const again = await fetch(page.url);
    assert.equal(again.status, 400);
    assert.match(await again.text(), /not known here, or has been used already/);

    const secrets = { oauthGrant: begun.id };
    const stolen = await refusal(bea.client.account.add.mutate({ settings: tokenSettings('ana'), secrets }));
    assert.deepEqual([stolen.code, stolen.reason], ['not-found', 'oauth-grant-gone']);
    const elsewhere = tokenSettings('ana', { pop3: { ...tokenSettings('ana').pop3, host: 'pop.evil.test' } });
    const toOthers = await refusal(ana.client.account.add.mutate({ settings: elsewhere, secrets }));
    assert.deepEqual([toOthers.code, toOthers.reason], ['invalid', 'oauth-host']);
    const tested = await rig.home.client.credential.useGrant.mutate({
      user: ana.id,
      grant: begun.id,
      settings: tokenSettings('ana'),
    });
    assert.ok(await isActive(tested.secret));
    const untested = rig.home.client.credential.useGrant.mutate({
      user: ana.id,
      grant: begun.id,
      settings: elsewhere,
    });
    assert.equal((await refusal(untested)).reason, 'oauth-host');

    const account = await ana.client.account.add.mutate({ settings: tokenSettings('ana'), secrets });
    assert.deepEqual([account.oauth, account.state], ['own', 'new']);
    assert.equal(await use(account.id), tested.secret);
    const twice = refusal(ana.client.account.add.mutate({ settings: tokenSettings('ana2'), secrets }));
    assert.equal((await twice).reason, 'oauth-grant-gone');
    // A change that leaves the servers alone needs no sign-in; another host does not get the token.
    const settings = tokenSettings('ana', { interval: 600 });
    const edited = await ana.client.account.edit.mutate({ id: account.id, base: null, settings });
    assert.deepEqual([edited.oauth, edited.interval], ['own', 600]);
    const moved = ana.client.account.edit.mutate({ id: account.id, base: null, settings: elsewhere });
    assert.equal((await refusal(moved)).reason, 'oauth-host');
    await ana.client.account.remove.mutate({ id: account.id });
  });

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
      assert.ok(!tokens.has(first) && (await isActive([...tokens][0] ?? '')));
      assert.equal(rig.oidc.granted.get('refresh_token'), round, 'a rotated token refreshes again');
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await rig.home.client.schedule.report.mutate({ lease, result });
    }
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
    assert.ok(await isActive(await use(account.id)));

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
    assert.ok(await isActive(token.secret));
  });

  test('a mail server refuses a token of some age: a new one first, then the user', async () => {
    const { accounts } = await bea.client.account.list.query();
    const account = accounts.find(({ email }) => email === 'dora@uni.test')!.id;
    const refuse = async (): Promise<string> => {
      const lease = await takeLease(rig.home.client, bea.id, account, 'check');
      const use = { lease, account, purpose: 'retrieve' as const };
      const { secret } = await rig.home.client.credential.use.mutate(use);
      const error = {
        ...{ code: 'auth-failed' as const, message: 'refused', reason: null, params: {}, field: null },
        ...{ serverLine: '-ERR [AUTH] no', retryAfter: null },
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

  test('stopping waits for a refresh, so that the rotated token is not lost', async () => {
    const { accounts } = await bea.client.account.list.query();
    const account = accounts.find(({ email }) => email === 'dora@uni.test')!.id;
    rig.running.clock.advance(HOUR);
    const held = rig.oidc.holdTokens();
    const asking = refusalOrToken(use(account, bea));
    await held.arrived;
    const stopping = rig.running.server.stop();
    held.release();
    await stopping;
    await asking;
    await rig.running.start();
    rig.running.clock.advance(HOUR);
    assert.ok(await isActive(await use(account, bea)));
  });

  test('what ends a sign-in without tokens', async () => {
    const denied = await ana.client.oauth.begin.mutate(begin);
    const visitor = makeVisitor();
    const login = await visitor.open(denied.url ?? '');
    const abort = /href="([^"]*\/abort)"/.exec(login.text)?.[1] ?? '';
    const page = await visitor.open(new URL(abort, login.url).href);
    assert.equal(page.status, 400);
    assert.equal((await ana.client.oauth.wait.query({ id: denied.id })).error?.reason, 'oauth-denied');

    // The session that began it ends meanwhile.
    const token = (
      await rig.running.client().session.signIn.mutate({ name: 'ana', password: 'correct horse battery' })
    ).tokens.profile;
    const short = rig.running.client(token);
    const left = await short.oauth.begin.mutate(begin);
    await short.session.signOut.mutate();
    assert.equal((await consent(left.url ?? '', 'fred')).status, 400);
    assert.equal((await ana.client.oauth.wait.query({ id: left.id })).error?.reason, 'oauth-session');

    // An issuer that is not the one of the answer (RFC 9207).
    await rig.admin.client.oauth.setClient.mutate({ ...rig.client, issuer: 'https://other.example.org' });
    const mixed = await ana.client.oauth.begin.mutate(begin);
    assert.equal((await consent(mixed.url ?? '', 'gina')).status, 400);
    assert.equal((await ana.client.oauth.wait.query({ id: mixed.id })).error?.reason, 'oauth-answer');
    // And a secret that is wrong is the admin's business.
    await rig.admin.client.oauth.setClient.mutate({ ...rig.client, clientSecret: 'wrong' });
    const wrong = await ana.client.oauth.begin.mutate(begin);
    await consent(wrong.url ?? '', 'gina');
    assert.equal((await ana.client.oauth.wait.query({ id: wrong.id })).error?.reason, 'oauth-client');
    await rig.admin.client.oauth.setClient.mutate(rig.client);

    const late = await ana.client.oauth.begin.mutate(begin);
    rig.running.clock.advance(16 * MINUTE);
    assert.equal((await consent(late.url ?? '', 'hans')).status, 400);
    assert.equal((await ana.client.oauth.wait.query({ id: late.id })).error?.reason, 'oauth-late');
  });

  test('tokens that nobody takes are gone after a quarter of an hour', async () => {
    const { id } = await signIn(ana, 'ines');
    rig.running.clock.advance(16 * MINUTE);
    const late = ana.client.account.add.mutate({
      settings: tokenSettings('ines'),
      secrets: { oauthGrant: id },
    });
    assert.equal((await refusal(late)).reason, 'oauth-grant-gone');
    await rig.running.restart();
    const waited = await refusal(ana.client.oauth.wait.query({ id }));
    assert.equal(waited.code, 'not-found', 'deleted');
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

  test('a client that is removed: nobody signs in there, and tokens are not refreshed', async () => {
    await rig.admin.client.oauth.removeClient.mutate({ provider: 'own' });
    assert.equal((await refusal(ana.client.oauth.begin.mutate(begin))).code, 'not-found');
    rig.running.clock.advance(HOUR);
    const account = (await bea.client.account.list.query()).accounts[0]!;
    const refused = await refusal(use(account.id, bea));
    assert.deepEqual([refused.code, refused.reason], ['unavailable', 'oauth-client']);
    await rig.admin.client.oauth.setClient.mutate(rig.client);
    assert.ok(await isActive(await use(account.id, bea)));
  });
});
