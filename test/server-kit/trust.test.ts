import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { MailError } from '../../common/errors.ts';
import { signAccessToken } from '../../server-kit/auth/access-token.ts';
import type { Revocation } from '../../server-kit/auth/revocation.ts';
import { type TrustSource, makeTrust } from '../../server-kit/auth/trust.ts';
import { silentLogger } from '../../server-kit/log.ts';

const ISSUER = 'http://localhost:7310';

/** A profile-server reduced to its feed of revocations, which the test speaks into. */
async function startTrust(t: TestContext) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1' };
  let time = Date.parse('2026-11-21T10:00:00Z');
  let failing = false;
  let seq = 0;
  let tell: ((revoked: Revocation[]) => void) | null = null;
  const source: TrustSource = {
    jwks: async () => ({ keys: [jwk] }),
    parts: async () => [],
    revoked: async (_since, wait, signal) => {
      if (failing) throw new Error('down');
      if (!wait) return { seq, revoked: [] };
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
        tell = (revoked) => resolve({ seq: ++seq, revoked });
      });
    },
  };
  const clock = { now: () => time };
  const trust = await makeTrust({ audience: 'storage_1', issuer: ISSUER, source, clock, log: silentLogger });
  t.after(async () => await trust.stop());
  const sign = async (session: string) =>
    await signAccessToken(
      { user: 'user_1', session, admin: false, lab: false, labSaves: [] },
      { signingKey: { kid: 'k1', key: privateKey }, issuer: ISSUER, audience: 'storage_1', clock },
    );
  const revoke = async (revocation: Revocation) => {
    const heard = new Promise<void>((resolve) => {
      const off = trust.onRevoked(() => (off(), resolve()));
    });
    tell?.([revocation]);
    await heard;
  };
  return {
    trust,
    sign,
    revoke,
    pass: (ms: number) => (time += ms),
    fail: () => (failing = true),
    now: () => time,
  };
}

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  await promise.then(
    () => 'in',
    (error: unknown) => (error instanceof MailError ? `${error.code}/${error.reason}` : String(error)),
  );

test('an ended session is refused, others go on', async (t) => {
  const { trust, sign, revoke, now } = await startTrust(t);
  const [one, two] = [await sign('ses_1'), await sign('ses_2')];
  assert.equal((await trust.authenticate(one, '::1')).kind, 'user');
  await revoke({ kind: 'session', id: 'ses_1', at: now() });
  assert.equal(await codeOf(trust.authenticate(one, '::1')), 'not-signed-in/session-ended');
  assert.equal(trust.isLive('ses_1', 'user_1'), false);
  assert.equal(await codeOf(trust.authenticate(two, '::1')), 'in');
});

test('a revoked user is refused with old tokens and let in with new ones', async (t) => {
  const { trust, sign, revoke, pass, now } = await startTrust(t);
  const old = await sign('ses_1');
  pass(5000);
  await revoke({ kind: 'user', id: 'user_1', at: now() });
  assert.equal(await codeOf(trust.authenticate(old, '::1')), 'not-signed-in/session-ended');
  pass(5000);
  assert.equal(await codeOf(trust.authenticate(await sign('ses_9'), '::1')), 'in');
});

test('without news of revocations for a minute nobody is believed', async (t) => {
  const { trust, sign, pass } = await startTrust(t);
  const token = await sign('ses_1');
  pass(59_000);
  assert.equal(await codeOf(trust.authenticate(token, '::1')), 'in');
  pass(2000);
  assert.equal(await codeOf(trust.authenticate(token, '::1')), 'unavailable/cannot-check-session');
});

test('nobody without a token is somebody', async (t) => {
  const { trust } = await startTrust(t);
  assert.deepEqual(await trust.authenticate(null, '::1'), { kind: 'anonymous', address: '::1' });
  assert.equal(await codeOf(trust.authenticate('garbage', '::1')), 'not-signed-in/null');
});
