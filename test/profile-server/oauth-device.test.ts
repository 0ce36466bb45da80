import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { consent } from '../harness/consent.ts';
import { startDeviceProvider, type DeviceAnswer } from '../fakes/device-provider.ts';
import { startOAuthRig, takeLease, tokenSettings, type OAuthRig } from './oauth-rig.ts';
import { registerUser, type TestUser } from './sample.ts';
import { refusal } from './start-server.ts';

describe('the device flow', () => {
  let rig: OAuthRig;
  let ana: TestUser;
  before(async () => {
    rig = await startOAuthRig();
    ana = await registerUser(rig.running, 'ana');
  });
  after(async () => await rig.stop());

  const begin = { provider: 'own', flow: 'device' as const, account: null, email: null };
  const facts = { name: 'Fake', scopes: ['mail'], hosts: ['pop.uni.test'], flows: ['device' as const] };
  const setFake = async (url: string): Promise<void> => {
    await rig.admin.client.oauth.setClient.mutate({
      ...facts,
      provider: 'fake',
      clientId: 'valija',
      clientSecret: null,
      authorizeUrl: `${url}/auth`,
      tokenUrl: `${url}/token`,
      deviceUrl: `${url}/device`,
    });
  };

  test('a user consents on another device, and the account signs in', async () => {
    const begun = await ana.client.oauth.begin.mutate(begin);
    assert.equal(begun.flow, 'device');
    assert.match(begun.userCode ?? '', /^[A-Z]{4}-[A-Z]{4}$/);
    assert.equal(begun.verificationUrl, `${rig.oidc.issuer}/device`);
    const waiting = ana.client.oauth.wait.query({ id: begun.id });
    await consent(begun.url ?? '', 'ana');
    assert.deepEqual(await waiting, { state: 'done', error: null });
    const added = { settings: tokenSettings('ana'), secrets: { oauthGrant: begun.id } };
    const account = await ana.client.account.add.mutate(added);
    const lease = await takeLease(rig.home.client, ana.id, account.id);
    const use = { lease, account: account.id, purpose: 'test' as const };
    assert.ok((await rig.home.client.credential.use.mutate(use)).secret.length > 10);
  });

  const outcomes: [string, DeviceAnswer[], object][] = [
    [
      'pending, unreachable for a moment, then tokens',
      [{ error: 'authorization_pending' }, { status: 503 }, 'tokens'],
      { state: 'done', reason: undefined },
    ],
    ['denied', [{ error: 'access_denied' }], { state: 'failed', reason: 'oauth-denied' }],
    ['expired there', [{ error: 'expired_token' }], { state: 'failed', reason: 'oauth-late' }],
    ['a client that is refused', [{ error: 'invalid_client' }], { state: 'failed', reason: 'oauth-client' }],
  ];
  for (const [name, answers, expected] of outcomes) {
    test(name, async () => {
      const fake = await startDeviceProvider({ answers, interval: 1 });
      try {
        await setFake(fake.url);
        const begun = await ana.client.oauth.begin.mutate({ ...begin, provider: 'fake' });
        assert.deepEqual([begun.url, begun.userCode], [null, 'WDJB-MJHT']);
        const { state, error } = await ana.client.oauth.wait.query({ id: begun.id });
        assert.deepEqual({ state, reason: error?.reason }, expected);
        assert.equal(fake.asked.length, answers.length);
        assert.equal(fake.asked[0]?.form.get('device_code'), 'device-code-1');
      } finally {
        await fake.stop();
      }
    });
  }

  test('slow_down makes every further wait five seconds longer', async () => {
    const fake = await startDeviceProvider({ answers: [{ error: 'slow_down' }, 'tokens'], interval: 1 });
    try {
      await setFake(fake.url);
      const begun = await ana.client.oauth.begin.mutate({ ...begin, provider: 'fake' });
      const { state } = await ana.client.oauth.wait.query({ id: begun.id });
      assert.equal(state, 'done');
      const [first, second] = fake.asked;
      assert.ok((second?.at ?? 0) - (first?.at ?? 0) >= 6000 - 50);
    } finally {
      await fake.stop();
    }
  });

  test('a page that is no page is not shown to the user', async () => {
    const fake = await startDeviceProvider({
      answers: [],
      interval: 1,
      verificationUrl: 'javascript:alert(1)',
    });
    try {
      await setFake(fake.url);
      const refused = await refusal(ana.client.oauth.begin.mutate({ ...begin, provider: 'fake' }));
      assert.deepEqual([refused.code, refused.reason], ['unavailable', 'oauth-client']);
    } finally {
      await fake.stop();
    }
  });

  test('a sign-in is asked for to its end also after a restart', async () => {
    const fake = await startDeviceProvider({
      answers: [{ error: 'authorization_pending' }, 'tokens'],
      interval: 1,
    });
    try {
      await setFake(fake.url);
      const begun = await ana.client.oauth.begin.mutate({ ...begin, provider: 'fake' });
      await rig.running.restart();
      assert.equal((await ana.client.oauth.wait.query({ id: begun.id })).state, 'done');
    } finally {
      await fake.stop();
    }
  });

  test('a host of the table that the guard does not allow is not asked', async () => {
    await setFake('https://10.1.2.3');
    const refused = await refusal(ana.client.oauth.begin.mutate({ ...begin, provider: 'fake' }));
    assert.deepEqual([refused.code, refused.reason], ['unavailable', 'oauth-client']);
  });
});
