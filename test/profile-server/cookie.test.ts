import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { DAY, SECOND } from '../../common/time.ts';
import type { SignIn, Tokens } from '../../common/shapes/session.ts';
import { PASSWORD } from './sample.ts';
import { type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

describe('the refresh cookie and the published keys', () => {
  let running: RunningServer;
  before(async () => {
    running = await startServer();
  });
  after(async () => await running.stop());

  const post = async (path: string, headers: Record<string, string>, body: unknown): Promise<Response> =>
    await fetch(`${running.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const register = async (name: string, remember: boolean) => {
    const input = { name, password: PASSWORD, cookie: true, remember };
    const response = await post('/trpc/session.register', { origin: running.url }, input);
    assert.equal(response.status, 200);
    const { result } = (await response.json()) as { result: { data: SignIn } };
    return { signIn: result.data, cookie: response.headers.get('set-cookie') ?? '' };
  };

  test('it is kept from scripts, other sites and other hosts, and does the refreshing', async () => {
    const { signIn, cookie } = await register('ana', true);
    assert.equal(signIn.refreshToken, null);
    assert.match(
      cookie,
      /^__Host-valija-refresh=[^;]+; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
    );
    const sent = cookie.split(';')[0] ?? '';
    const refreshed = await post('/session/refresh', { origin: running.url, cookie: `other=1; ${sent}` }, {});
    assert.equal(refreshed.status, 200);
    const tokens = (await refreshed.json()) as Tokens;
    assert.equal(tokens.refreshToken, null);
    assert.equal(tokens.session.id, signIn.session.id);
    assert.notEqual((refreshed.headers.get('set-cookie') ?? '').split(';')[0], sent);
    await running.client(tokens.tokens.profile).session.whoami.query();
    const stolen = sent.slice(sent.indexOf('=') + 1);
    const elsewhere = await refusal(running.client().session.refresh.mutate({ refreshToken: stolen }));
    assert.equal(elsewhere.reason, 'session-ended', 'a cookie is no bearer token');
  });

  test('it tells a page that has nothing yet whose it is too, and who only renews tokens no more than those', async () => {
    const { signIn, cookie } = await register('eva', false);
    const sent = { origin: running.url, cookie: cookie.split(';')[0] ?? '' };
    const first = await post('/session/refresh', sent, { profile: true });
    const { user, profile, ...tokens } = (await first.json()) as SignIn;
    assert.deepEqual(user, signIn.user);
    assert.deepEqual(profile, signIn.profile);
    const renewed = await post('/session/refresh', sent, {});
    assert.deepEqual(Object.keys((await renewed.json()) as object), Object.keys(tokens));
  });

  test('only our own page may use it', async () => {
    const { cookie } = await register('bea', false);
    assert.doesNotMatch(cookie, /Max-Age/);
    const sent = cookie.split(';')[0] ?? '';
    const bearer = { authorization: 'Bearer x.y.z', cookie: sent };
    assert.notEqual((await post('/session/refresh', bearer, {})).status, 200);
    for (const origin of [
      'https://evil.example',
      'valija://app',
      running.url.replace('localhost', '127.0.0.1'),
    ]) {
      assert.equal((await post('/session/refresh', { origin, cookie: sent }, {})).status, 403, origin);
    }
    const form = await fetch(`${running.url}/session/refresh`, {
      method: 'POST',
      headers: { origin: running.url, cookie: sent, 'content-type': 'text/plain' },
      body: '{}',
    });
    assert.equal(form.status, 400);
    assert.equal((await fetch(`${running.url}/session/refresh`, { headers: { cookie: sent } })).status, 400);
    assert.equal((await post('/session/refresh', { origin: running.url, cookie: sent }, {})).status, 200);
  });

  test('signing out takes it away', async () => {
    const { signIn, cookie } = await register('carla', true);
    const response = await fetch(`${running.url}/trpc/session.signOut`, {
      method: 'POST',
      headers: { authorization: `Bearer ${signIn.tokens.profile}`, 'content-type': 'application/json' },
    });
    assert.match(response.headers.get('set-cookie') ?? '', /^__Host-valija-refresh=; .*Max-Age=0/);
    const sent = cookie.split(';')[0] ?? '';
    const refused = await post('/session/refresh', { origin: running.url, cookie: sent }, {});
    assert.equal(refused.status, 401);
    assert.match(refused.headers.get('set-cookie') ?? '', /Max-Age=0/);
  });

  test('a session that rests too long is over', async () => {
    const signIn = await expectSession(
      running.client().session.register.mutate({ name: 'dora', password: PASSWORD }),
    );
    running.clock.advance(0.5 * DAY + SECOND);
    const refused = await refusal(
      running.client().session.refresh.mutate({ refreshToken: signIn.refreshToken ?? '' }),
    );
    assert.equal(refused.reason, 'session-ended');
  });

  test('keys change after a month; tokens of the former are good until they end', async () => {
    const readKeys = async (): Promise<JSONWebKeySet> =>
      (await (await fetch(`${running.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    const signIn = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    const verify = async (token: string) =>
      await jwtVerify(token, createLocalJWKSet(await readKeys()), {
        issuer: running.url,
        audience: 'profile',
        currentDate: new Date(running.clock.now()),
      });
    const first = await verify(signIn.tokens.profile);
    assert.equal(first.payload.sub, signIn.user.id);
    assert.ok((await readKeys()).keys.every((key) => !('d' in key)));
    running.clock.advance(31 * DAY);
    const later = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    const second = await verify(later.tokens.profile);
    assert.notEqual(second.protectedHeader.kid, first.protectedHeader.kid);
    assert.equal((await readKeys()).keys.length, 2);
    running.clock.advance(DAY);
    assert.equal((await readKeys()).keys.length, 1);
  });
});
