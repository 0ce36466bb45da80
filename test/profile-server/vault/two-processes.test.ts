import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { VaultStatus } from '../../../profile-server/vault/rotation/rotation-jobs.ts';
import { existsSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

describe('two profile-servers and their master key', { skip: missingEngine('mysql') }, () => {
  const dir = makeTempDir('two-vaults');
  const files = ['one.key', 'two.key'].map((name) => join(dir.path, name));
  let engine: TestEngine;
  let one: RunningServer;
  let two: RunningServer;
  let home: EnrolledPart;
  let ana: TestUser;
  before(async () => {
    engine = await startEngine('mysql');
    const key = `${randomBytes(32).toString('base64')}\n`;
    for (const file of files) writeFileSync(file, key, { mode: 0o600 });
    const database = engine.setting();
    const publicUrl = 'http://localhost:7310';
    const [first = '', second = ''] = files;
    one = await startServer({ database, settings: { masterKeyFile: first, publicUrl } });
    two = await startServer({ database, settings: { masterKeyFile: second, publicUrl } });
    home = await one.enrol('storage-server');
    await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
    ana = await registerUser(one, 'ana');
  });
  after(async () => {
    await two.stop();
    await one.stop();
    await engine.stop();
    dir.remove();
  });

  const ask = async (server: RunningServer, job: object): Promise<VaultStatus> => {
    const path = join(server.dataDir, 'rotating', `${randomBytes(6).toString('hex')}.job`);
    writeFileSync(`${path}.part`, JSON.stringify(job));
    renameSync(`${path}.part`, path);
    const done = path.replace(/\.job$/, '.done');
    while (!existsSync(done)) await sleep(30);
    return (JSON.parse(readFileSync(done, 'utf8')) as { value: VaultStatus }).value;
  };
  const poll = async (at: RunningServer, account: string): Promise<string> => {
    const client = home.at(at);
    const taken = await client.schedule.take.mutate({ user: ana.id, accounts: [account], purpose: 'test' });
    const lease = taken.leases[0]?.id ?? '';
    try {
      return (await client.credential.use.mutate({ lease, account, purpose: 'test' })).secret;
    } finally {
      const result = { ok: true as const, new: 0, bytes: 0, messages: 0 };
      await client.schedule.report.mutate({ lease, result });
    }
  };

  test('nothing moves until both know the new key; then both open everything, and sessions stay', async () => {
    const settings = sampleSettings();
    const { id } = await ana.client.account.add.mutate({ settings, secrets: { pop3Password: 'one' } });
    const added = randomBytes(32).toString('base64');
    const [first = '', second = ''] = files;
    writeFileSync(first, `${readFileSync(first, 'utf8')}${added}\n`);
    await ask(one, { do: 'rotate', newKeyFile: null });
    const waiting = await ask(one, { do: 'status' });
    assert.equal(waiting.rotations[0]?.state, 'waiting');
    assert.equal(waiting.processes.filter(({ waitedFor }) => waitedFor).length, 1);
    writeFileSync(second, `${readFileSync(second, 'utf8')}# the new one\n${added}\n`);
    let status = waiting;
    while (status.rotations[0]?.endedAt === null) {
      status = await ask(one, { do: 'status' });
      for (const server of [one, two]) assert.equal(await poll(server, id), 'one');
    }
    assert.equal(status.rotations[0]?.state, 'done');
    const { refreshToken } = ana.signedIn;
    await two.client().session.refresh.mutate({ refreshToken: refreshToken ?? '' });
    const bea = await registerUser(two, 'bea');
    await one.client().session.refresh.mutate({ refreshToken: bea.signedIn.refreshToken ?? '' });
    while (readFileSync(second, 'utf8').trim() !== added) await sleep(30);
    await two.restart();
    assert.equal(await poll(two, id), 'one');
  });

  test('what a session opens is open in both, also in one that starts later', async () => {
    const signedIn = await one.client().session.signIn.mutate({ name: 'ana', password: PASSWORD });
    assert.ok(!('step' in signedIn));
    const tokens = await one.client(signedIn.tokens.profile).session.unlock.mutate({ password: PASSWORD });
    const client = one.client(tokens.tokens.profile);
    const pop3 = { ...sampleSettings().pop3, user: 'other' };
    const settings = sampleSettings({ email: 'other@example.org', pop3, signedInOnly: true });
    const { id } = await client.account.add.mutate({ settings, secrets: { pop3Password: 'two' } });
    assert.equal(await poll(two, id), 'two');
    await two.restart();
    const reasons = new Set<string>();
    for (;;) {
      try {
        assert.equal(await poll(two, id), 'two');
        break;
      } catch (error) {
        const { valija } = (error as { data: { valija: { reason: string } } }).data;
        reasons.add(valija.reason);
        await sleep(100);
      }
    }
    assert.ok(!reasons.has('locked-until-password'), [...reasons].join());
    await client.session.signOut.mutate();
    for (const server of [one, two]) {
      await assert.rejects(poll(server, id), { message: 'needs-sign-in' });
    }
  });
});
