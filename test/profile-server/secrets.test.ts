import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';
import { dumpDatabase } from './dump-database.ts';
import { onBothEngines } from './engines.ts';
import { PASSWORD, registerUser, sampleSettings } from './sample.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

onBothEngines('what lies on disk', (engine) => {
  let running: RunningServer;
  let setting: DatabaseSetting;
  before(async () => {
    setting = engine.setting();
    running = await startServer({ database: setting });
  });
  after(async () => await running.stop());

  test('a dump of the database holds no secret', async () => {
    const setupCode = running.server.setupCode() ?? '';
    const ana = await registerUser(running, 'ana', { setupCode });
    const home = await running.enrolHome();
    const smtp = {
      host: 'smtp.example.org',
      port: 587,
      tls: 'starttls' as const,
      user: 'ana',
      auth: 'auto' as const,
    };
    const settings = sampleSettings({ send: { way: 'smarthost', smtp } });
    const secrets = { pop3Password: 'pop-secret-1', smtpPassword: 'smtp-secret-2' };
    const account = await ana.client.account.add.mutate({ settings, secrets });
    running.clock.advance(5000);
    const { leases } = await home.client.schedule.claim.mutate({ max: 1, wait: false });
    const use = { lease: leases[0]?.id ?? '', account: account.id, purpose: 'retrieve' as const };
    assert.equal((await home.client.credential.use.mutate(use)).secret, secrets.pop3Password);
    const enrolCode = await running.server.makeEnrolCode('smtp-relay');
    const { invite } = await ana.client.session.makeInvite.mutate();
    const refreshToken = ana.signedIn.refreshToken ?? '';
    const masterKey = readFileSync(join(running.dataDir, 'master.key'), 'utf8').trim();
    const dump = await dumpDatabase(setting, running.dataDir);
    assert.ok(dump.includes('pop.example.org'), 'the dump holds what is no secret');
    const forbidden = {
      PASSWORD,
      ...secrets,
      setupCode,
      enrolCode,
      invite,
      refreshToken,
      proof: refreshToken.split('.')[2] ?? '',
      accessToken: ana.signedIn.tokens.profile,
      masterKey,
      masterKeyBytes: Buffer.from(masterKey, 'base64').toString('latin1'),
      privateKey: '"d":"',
    };
    for (const [name, secret] of Object.entries(forbidden)) {
      assert.ok(secret.length > 4, name);
      assert.ok(!dump.includes(secret), `${name} stands in the database`);
    }
  });

  test('the master key is for its owner only', () => {
    assert.equal(statSync(join(running.dataDir, 'master.key')).mode & 0o777, 0o400);
  });

  test('after a restart everything opens again', async () => {
    const signedIn = await expectSession(
      running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    await running.restart();
    assert.equal((await running.client(signedIn.tokens.profile).session.whoami.query()).user.name, 'ana');
    await running.client().session.refresh.mutate({ refreshToken: signedIn.refreshToken ?? '' });
  });
});
