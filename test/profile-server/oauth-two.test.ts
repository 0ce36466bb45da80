import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { HOUR } from '../../common/time.ts';
import { consent } from '../harness/consent.ts';
import { missingComponent } from '../harness/component.ts';
import { type Mariadb, startMariadb } from '../harness/mariadb.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { startOAuthRig, takeLease, tokenSettings, type OAuthRig } from './oauth-rig.ts';
import { registerUser } from './sample.ts';
import { refusal, startServer, type RunningServer } from './start-server.ts';

describe('tokens of two profile-servers on one database', { skip: missingComponent('mariadbd') }, () => {
  const dir = makeTempDir('oauth-two');
  let mariadb: Mariadb;
  let rig: OAuthRig;
  let two: RunningServer;
  before(async () => {
    mariadb = await startMariadb();
    const masterKeyFile = join(dir.path, 'master.key');
    writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
    const database = { engine: 'mysql' as const, url: mariadb.url('two') };
    rig = await startOAuthRig({ database, settings: { masterKeyFile } });
    // As behind one public address: tokens of one are good at the other.
    two = await startServer({
      database,
      settings: { masterKeyFile, publicUrl: rig.running.url, allowNetworks: ['127.0.0.0/8', '::1/128'] },
    });
  });
  after(async () => {
    await two.stop();
    await rig.stop();
    await mariadb.stop();
    dir.remove();
  });

  test('a code typed on another device is asked for by one of them, and both know its end', async () => {
    const dora = await registerUser(rig.running, 'dora');
    const begin = { provider: 'own', flow: 'device' as const, account: null, email: null };
    const begun = await dora.client.oauth.begin.mutate(begin);
    const there = two.client(dora.signedIn.tokens.profile);
    const waiting = there.oauth.wait.query({ id: begun.id });
    await consent(begun.url ?? '', 'dora');
    assert.deepEqual(await waiting, { state: 'done', error: null });
  });

  test('refreshed once, waited for by the other one, refused for both', async () => {
    const { running, oidc, home } = rig;
    const ana = await registerUser(running, 'ana');
    const begun = await ana.client.oauth.begin.mutate({
      provider: 'own',
      flow: null,
      account: null,
      email: null,
    });
    const there = two.client(ana.signedIn.tokens.profile);
    const waiting = there.oauth.wait.query({ id: begun.id });
    assert.equal((await consent(begun.url ?? '', 'ana')).status, 200);
    assert.equal((await waiting).state, 'done', 'the other one hears of it');
    const added = { settings: tokenSettings('ana'), secrets: { oauthGrant: begun.id } };
    const { id } = await ana.client.account.add.mutate(added);
    const homes = [home.client, home.at(two)];

    for (const round of [1, 2, 3]) {
      for (const server of [running, two]) server.clock.advance(HOUR);
      const lease = await takeLease(home.client, ana.id, id);
      const held = oidc.holdTokens();
      const asking = Array.from({ length: 8 }, async (_, n) => {
        const input = { lease, account: id, purpose: 'test' as const };
        return (await homes[n % 2]!.credential.use.mutate(input)).secret;
      });
      await held.arrived;
      held.release();
      assert.equal(new Set(await Promise.all(asking)).size, 1);
      assert.equal(oidc.granted.get('refresh_token'), round);
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await home.client.schedule.report.mutate({ lease, result });
    }

    await oidc.revoke('ana');
    for (const server of [running, two]) server.clock.advance(HOUR);
    const lease = await takeLease(home.client, ana.id, id);
    const refused = await Promise.all(
      homes.map(
        async (client) =>
          await refusal(client.credential.use.mutate({ lease, account: id, purpose: 'test' })),
      ),
    );
    assert.deepEqual(
      refused.map(({ code, reason }) => [code, reason]),
      [
        ['needs-sign-in', 'oauth-expired'],
        ['needs-sign-in', 'oauth-expired'],
      ],
    );
    assert.equal(oidc.refused.length, 1);
    const state = async (): Promise<string> => (await ana.client.account.get.query({ id })).state;
    assert.equal(await state(), 'needs-sign-in');
  });
});
