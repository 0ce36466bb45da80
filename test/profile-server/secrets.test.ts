import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';
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
    const home = await running.enrol('storage-server');
    await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
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

/** Every byte of it, as latin1, so that binary columns are searched too. */
async function dumpDatabase(setting: DatabaseSetting, dataDir: string): Promise<string> {
  if (setting.engine === 'sqlite') {
    const files = readdirSync(dataDir).filter((name) => name.startsWith('profile.sqlite'));
    return files.map((name) => readFileSync(join(dataDir, name), 'latin1')).join('');
  }
  const server = new URL(setting.url);
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port),
    user: server.username,
    database: `${server.pathname.slice(1)}_profile`,
  });
  try {
    const [tables] = await connection.query('SHOW TABLES');
    let dump = '';
    for (const table of tables as Record<string, string>[]) {
      const [rows] = await connection.query(`SELECT * FROM \`${Object.values(table)[0]}\``);
      for (const value of (rows as object[]).flatMap((row) => Object.values(row) as unknown[])) {
        dump += `${Buffer.isBuffer(value) ? value.toString('latin1') : String(value)}\n`;
      }
    }
    return dump;
  } finally {
    await connection.end();
  }
}
