import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { MailError } from '../../common/errors.ts';
import { signAccessToken, verifyAccessToken } from '../../server-kit/auth/access-token.ts';
import { type PartKey, loadPartKey } from '../../server-kit/auth/part-key.ts';
import { isServiceToken, verifyServiceToken } from '../../server-kit/auth/service-token.ts';
import { VerifiedTokens } from '../../server-kit/auth/verified-tokens.ts';
import { makeTempDir } from '../harness/tempdir.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const at = (ms: number) => ({ now: () => ms });
const isRefusal = (error: unknown) => error instanceof MailError && error.code === 'not-signed-in';

describe('service tokens', () => {
  const directory = makeTempDir('part-key');
  let key: PartKey;
  before(async () => {
    key = await loadPartKey(directory.path, at(NOW));
    await key.setPartId('storage_1');
  });
  after(directory.remove);
  const findPart = async (id: string) =>
    id === 'storage_1' ? { publicJwk: key.publicJwk, kind: 'storage-server' as const } : null;
  const verify = async (token: string, audience = 'profile', now = NOW) =>
    await verifyServiceToken(token, { audience, findPart, clock: at(now) });

  test('a part proves itself to the one receiver it names', async () => {
    const token = await key.signServiceToken('profile');
    assert.equal(isServiceToken(token), true);
    assert.deepEqual(await verify(token), { part: 'storage_1', partKind: 'storage-server' });
    await assert.rejects(verify(token, 'relay_1'), isRefusal);
  });
  test('it is worth nothing after a minute, nor where the clocks differ: that is told, with by how much', async () => {
    const token = await key.signServiceToken('profile');
    for (const apart of [70, -7]) {
      await assert.rejects(verify(token, 'profile', NOW + apart * 1000), (error) => {
        assert.ok(isRefusal(error));
        const { reason, params } = error as MailError;
        assert.deepEqual([reason, params], ['clocks', { n: Math.abs(apart) }]);
        return true;
      });
    }
    const [head, body, signature = ''] = token.split('.');
    const forged = `${head}.${body}.${signature.split('').toReversed().join('')}`;
    await assert.rejects(
      verify(forged, 'profile', NOW + 70_000),
      (error) => isRefusal(error) && (error as MailError).reason === 'part',
    );
  });
  test('a part that was shut out, and a token signed by another key, are refused', async () => {
    const token = await key.signServiceToken('profile');
    const gone = { audience: 'profile', findPart: async () => null, clock: at(NOW) };
    await assert.rejects(verifyServiceToken(token, gone), isRefusal);
    const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    const other = async () => ({ publicJwk, kind: 'storage-server' as const });
    await assert.rejects(
      verifyServiceToken(token, { audience: 'profile', findPart: other, clock: at(NOW) }),
      isRefusal,
    );
  });
  test('what was verified before is still worth nothing once it has ended, or its part was shut out or has another key', async () => {
    const token = await key.signServiceToken('profile');
    assert.equal(await key.signServiceToken('profile'), token, 'signed once for some seconds');
    const verified = new VerifiedTokens<true>(1000);
    const again = async (how: { now?: number; find?: typeof findPart }) =>
      await verifyServiceToken(token, {
        audience: 'profile',
        findPart: how.find ?? findPart,
        clock: at(how.now ?? NOW),
        verified,
      });
    for (let n = 0; n < 2; n++) assert.equal((await again({})).part, 'storage_1');
    await assert.rejects(again({ now: NOW + 70_000 }), isRefusal);
    await assert.rejects(again({ find: async () => null }), isRefusal);
    const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const publicJwk = await exportJWK(publicKey);
    await assert.rejects(
      again({ find: async () => ({ publicJwk, kind: 'storage-server' as const }) }),
      isRefusal,
    );
  });
  test('the key and the id outlive a restart, and the public half has no private part', async () => {
    const again = await loadPartKey(directory.path, at(NOW));
    assert.equal(again.partId, 'storage_1');
    assert.deepEqual(again.publicJwk, key.publicJwk);
    assert.equal('d' in again.publicJwk, false);
  });
});

test('access tokens: for one part, for 15 minutes, by a published key', async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' };
  const issuer = 'http://localhost:7310';
  const token = await signAccessToken(
    { user: 'user_1', session: 'ses_1', admin: false, lab: false, labSaves: [] },
    { signingKey: { kid: 'k1', key: privateKey }, issuer, audience: 'storage_1', clock: at(NOW) },
  );
  let asked = 0;
  const options = {
    keys: async (fresh: boolean) => {
      asked += 1;
      return { keys: fresh ? [jwk] : [] };
    },
    issuer,
    audience: 'storage_1',
    clock: at(NOW),
  };
  const claims = await verifyAccessToken(token, options);
  assert.deepEqual(claims, {
    user: 'user_1',
    session: 'ses_1',
    admin: false,
    lab: false,
    labSaves: [],
    issuedAt: NOW,
    expiresAt: NOW + 900_000,
  });
  assert.equal(asked, 2, 'an unknown key is asked for once more');
  await assert.rejects(verifyAccessToken(token, { ...options, audience: 'relay_1' }), isRefusal);
  await assert.rejects(verifyAccessToken(token, { ...options, issuer: 'http://evil.example' }), isRefusal);
  await assert.rejects(
    verifyAccessToken(token, { ...options, clock: at(NOW + 901_000) }),
    (error) => isRefusal(error) && (error as MailError).reason === 'token-expired',
  );
  const [head, body, signature] = token.split('.');
  const forged = Buffer.from(String(body), 'base64url').toString().replace('"adm":false', '"adm":true');
  const bad = `${head}.${Buffer.from(forged).toString('base64url')}.${signature}`;
  await assert.rejects(verifyAccessToken(bad, options), isRefusal);
});

test('access tokens: what was verified before counts for the same receiver, time and keys only', async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const published = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' }] };
  const issuer = 'http://localhost:7310';
  const token = await signAccessToken(
    { user: 'user_1', session: 'ses_1', admin: false, lab: false, labSaves: [] },
    { signingKey: { kid: 'k1', key: privateKey }, issuer, audience: 'profile', clock: at(NOW) },
  );
  const options = { keys: async () => published, issuer, audience: 'profile', clock: at(NOW) };
  for (let n = 0; n < 2; n += 1) assert.equal((await verifyAccessToken(token, options)).user, 'user_1');
  await assert.rejects(verifyAccessToken(token, { ...options, audience: 'relay_1' }), isRefusal);
  await assert.rejects(verifyAccessToken(token, { ...options, issuer: 'http://evil.example' }), isRefusal);
  await assert.rejects(verifyAccessToken(`${token}A`, options), isRefusal);
  await assert.rejects(verifyAccessToken(token, { ...options, clock: at(NOW + 900_000) }), isRefusal);
  const withdrawn = { keys: [] };
  await assert.rejects(verifyAccessToken(token, { ...options, keys: async () => withdrawn }), isRefusal);
});
