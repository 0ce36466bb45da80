import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import { consent } from '../harness/consent.ts';
import { makeVisitor } from '../harness/web-visitor.ts';
import { isActive, signIn, startOAuthRig, tokenSettings, useSecret, type OAuthRig } from './oauth-rig.ts';
import { registerUser, type TestUser } from './sample.ts';
import { refusal } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

describe('signing in at a provider', () => {
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
    // Who only looks, such as a link checker, does not use up the answer.
    const looked = `${rig.running.url}/oauth/callback?error=access_denied&state=${asked.get('state')}`;
    assert.equal((await fetch(looked, { method: 'HEAD' })).status, 400);
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
    assert.ok(await isActive(rig.oidc, tested.secret));
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

  test('an answer in the browser where it began is taken, in any other one its owner is asked first', async () => {
    const beginInBrowser = async (): Promise<{ id: string; url: string; cookie: string }> => {
      const response = await fetch(`${rig.running.url}/trpc/oauth.begin`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: rig.running.url,
          authorization: `Bearer ${ana.signedIn.tokens.profile}`,
        },
        body: JSON.stringify(begin),
      });
      const { result } = (await response.json()) as { result: { data: { id: string; url: string } } };
      const [cookie = ''] = response.headers.getSetCookie();
      return { ...result.data, cookie };
    };
    const own = await beginInBrowser();
    assert.match(
      own.cookie,
      /^__Host-valija-oauth=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=900$/,
    );
    const question = /Is this your sign-in\?/;
    const value = /=([\w-]{43});/.exec(own.cookie)?.[1] ?? '';
    const visitor = makeVisitor({ url: rig.running.url, pair: ['__Host-valija-oauth', value] });
    const direct = await consent(own.url, 'kim', { visitor, until: question });
    assert.match(direct.text, /You are signed in/);

    const lured = await beginInBrowser();
    const stranger = makeVisitor();
    const asked = await consent(lured.url, 'lea', { visitor: stranger, until: question });
    assert.match(asked.text, /The Valija user ana is about to fetch the mail of the mailbox at University/);
    assert.match(asked.headers.get('content-security-policy') ?? '', /form-action 'self'/);
    const guessed = new URL(asked.url);
    guessed.searchParams.set('confirmation', 'x'.repeat(43));
    assert.match((await stranger.open(guessed.href)).text, question, 'a guess confirms nothing');
    const waits = async (): Promise<string> => {
      const stop = AbortSignal.timeout(300);
      const waited = ana.client.oauth.wait.query({ id: lured.id }, { signal: stop });
      return (await waited.catch(() => ({ state: 'pending' }))).state;
    };
    assert.equal(await waits(), 'pending', 'nobody has got anything yet');
    assert.match((await stranger.submit(asked)).text, /You are signed in/);
    assert.equal(await waits(), 'done');
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
      await expectSession(
        rig.running.client().session.signIn.mutate({ name: 'ana', password: 'correct horse battery' }),
      )
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

  test('of many sign-ins begun in one moment no more are kept than of those one by one', async () => {
    const zoe = await registerUser(rig.running, 'zoe');
    const tried = await Promise.allSettled(
      Array.from(
        { length: 40 },
        async () => await zoe.client.oauth.begin.mutate({ ...begin, flow: 'device' }),
      ),
    );
    assert.equal(tried.filter(({ status }) => status === 'fulfilled').length, 20);
    assert.equal((await refusal(zoe.client.oauth.begin.mutate(begin))).code, 'too-many-tries');
    assert.ok((await ana.client.oauth.begin.mutate(begin)).url !== null, 'others can');
  });
});
