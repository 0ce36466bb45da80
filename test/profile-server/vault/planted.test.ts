import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSetting } from '../../../server-kit/database/database.ts';
import { makeLogger } from '../../../server-kit/log.ts';
import { dumpDatabase } from '../dump-database.ts';
import { onBothEngines } from '../engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { startServer, type RunningServer } from '../start-server.ts';

onBothEngines('secrets of every kind, planted', (engine) => {
  let running: RunningServer;
  let setting: DatabaseSetting;
  let ana: TestUser;
  let log = '';
  const planted: Record<string, string> = {};
  before(async () => {
    setting = engine.setting();
    const keep = makeLogger((line) => (log += `${line}\n`), 'debug', Date.now);
    running = await startServer({ database: setting, log: keep });
    ana = await registerUser(running, 'ana', { setupCode: running.server.setupCode() ?? '' });
  });
  after(async () => await running.stop());

  const plant = (name: string): string =>
    (planted[name] = `planted-${name}-${randomBytes(9).toString('hex')}`);
  const ask = async (job: object): Promise<void> => {
    const path = join(running.dataDir, 'rotating', `${randomBytes(6).toString('hex')}.job`);
    writeFileSync(`${path}.part`, JSON.stringify(job));
    renameSync(`${path}.part`, path);
    while (
      !readdirSync(join(running.dataDir, 'rotating')).some((name) =>
        path.endsWith(name.replace('.done', '.job')),
      )
    )
      await sleep(20);
    while (readdirSync(join(running.dataDir, 'rotating')).some((name) => name.endsWith('.job')))
      await sleep(20);
  };

  test('a dump of the database and all logs hold none of them, before and after keys have changed', async () => {
    const home = await running.enrolHome();
    const smtp = { host: 'smtp.example.org', port: 587, tls: 'starttls', user: 'a', auth: 'auto' } as const;
    const send = { way: 'smarthost', smtp } as const;
    const settings = sampleSettings({ send });
    const open = { pop3Password: plant('pop3'), smtpPassword: plant('smtp') };
    await ana.client.account.add.mutate({ settings, secrets: open });
    const unlocked = await ana.client.session.unlock.mutate({ password: PASSWORD });
    planted['token'] = unlocked.refreshToken ?? '';
    planted['tokenSecret'] = planted['token'].split('.')[3] ?? '';
    const pop3 = { ...settings.pop3, user: 'own' };
    const own = sampleSettings({ email: 'own@example.org', pop3, signedInOnly: true, send });
    const client = running.client(unlocked.tokens.profile);
    const secrets = { pop3Password: plant('personal-pop3'), smtpPassword: plant('personal-smtp') };
    const personal = await client.account.add.mutate({ settings: own, secrets });
    await client.oauth.setClient.mutate({
      provider: 'own',
      clientId: 'valija',
      clientSecret: plant('oauth-client'),
      name: 'Own',
      authorizeUrl: 'https://id.example.org/auth',
      tokenUrl: 'https://id.example.org/token',
      scopes: ['mail'],
      hosts: ['pop.example.org'],
    });
    await client.domain.add.mutate({ domain: 'example.org', users: null });
    await client.dkim.make.mutate({ domain: 'example.org', algorithms: ['ed25519'] });
    const relay = await running.enrol('smtp-relay');
    const keys = await relay.client.dkim.keys.query();
    planted['dkim'] = (JSON.stringify(keys).match(/PRIVATE KEY-----\\n([\w+/=]+)/) ?? [])[1] ?? '';
    planted['appPassword'] = (await client.appPassword.add.mutate({ name: 'phone' })).password;
    const taking = { user: ana.id, accounts: [personal.id], purpose: 'test' as const };
    const { leases } = await home.client.schedule.take.mutate(taking);
    const use = { lease: leases[0]?.id ?? '', account: personal.id, purpose: 'test' as const };
    assert.equal((await home.client.credential.use.mutate(use)).secret, secrets.pop3Password);
    planted['password'] = PASSWORD;
    const readKey = (name: string): string => readFileSync(join(running.dataDir, name), 'utf8').trim();
    planted['oldKey'] = readKey('master.key');
    await search();
    await ask({ do: 'rotate', newKeyFile: null });
    while (
      readKey('master.key')
        .split('\n')
        .some((line) => line === planted['oldKey'])
    )
      await sleep(50);
    planted['newKey'] = readKey('master.key');
    await ask({ do: 'renew-data-keys' });
    await sleep(200);
    await search();
    assert.equal((await home.client.credential.use.mutate(use)).secret, secrets.pop3Password, 'still opens');
  });

  async function search(): Promise<void> {
    const dump = await dumpDatabase(setting, running.dataDir);
    assert.ok(dump.includes('smtp.example.org'), 'the dump holds what is no secret');
    assert.ok(log.length > 0 || setting.engine === 'sqlite');
    for (const [name, secret] of Object.entries(planted)) {
      assert.ok(secret.length > 8, name);
      const forms = [secret, Buffer.from(secret).toString('base64').replace(/=+$/, '')];
      if (/key$/i.test(name)) forms.push(Buffer.from(secret, 'base64').toString('latin1'));
      for (const form of forms) {
        assert.ok(!dump.includes(form), `${name} stands in the database`);
        assert.ok(!log.includes(form), `${name} stands in the log`);
      }
    }
  }
});
