import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { listAccountIds, removeEverythingOf } from '../../../profile-server/user/removal/purge-store.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { fillTables, findValue } from '../../harness/fill-tables.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { refusal, type RunningServer, startServer } from '../start-server.ts';

for (const engine of ENGINES) {
  describe(`removing users (${engine})`, { skip: missingEngine(engine) }, () => {
    let running: TestEngine;
    let database: Database;
    before(async () => {
      running = await startEngine(engine);
      database = await running.open(migrations);
    });
    after(async () => {
      await database.close();
      await running.stop();
    });

    test('no table keeps a row of hers, nor of her accounts; those of others stay', async () => {
      const of = (name: string) => ({ user: name, account: `acc_${name}` });
      const tables = await fillTables(database, of('ana'));
      await fillTables(database, of('bea'));
      for (const table of ['profile_item', 'credential', 'session', 'poll_run', 'app_password', 'totp']) {
        assert.ok(tables.includes(table), table);
      }
      await database.write(async (tx) => {
        await tx.run("UPDATE profile_item SET part = 'accounts', id = 'acc_ana' WHERE user = 'ana'");
        await removeEverythingOf(tx, 'ana', await listAccountIds(tx, 'ana'));
      });
      // The order to the home is what is left on purpose.
      assert.deepEqual(await findValue(database, 'ana'), ['departure.user']);
      assert.deepEqual(await findValue(database, 'acc_ana'), []);
      assert.ok((await findValue(database, 'bea')).length >= 10);
    });
  });
}

describe('removing and bringing back', () => {
  let running: RunningServer;
  let admin: TestUser;
  before(async () => {
    running = await startServer();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
  });
  after(async () => await running.stop());

  test('within the days everything comes back; then it is gone, and the home is told until it has done so', async () => {
    const home = await running.enrolHome();
    const other = await running.enrol('storage-server');
    const ana = await registerUser(running, 'ana');
    const secrets = { pop3Password: 'secret' };
    await ana.client.account.add.mutate({ settings: sampleSettings(), secrets });
    await admin.client.user.remove.mutate({ id: ana.id });
    assert.equal((await refusal(ana.client.session.whoami.query())).code, 'not-signed-in');
    assert.deepEqual((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases, []);
    assert.equal((await admin.client.user.list.query({ query: 'ana' })).total, 0);
    assert.equal((await admin.client.user.list.query({ state: 'removed' })).total, 1);
    await admin.client.user.restore.mutate({ id: ana.id });
    const back = await running
      .client()
      .session.signIn.mutate({ name: 'ana', password: 'correct horse battery' });
    assert.ok(!('step' in back));
    running.clock.advance(5000);
    assert.equal((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases.length, 1);

    await admin.client.user.remove.mutate({ id: ana.id, keepDays: 0 });
    assert.equal((await admin.client.user.list.query({ state: 'removed' })).total, 0);
    assert.equal((await refusal(admin.client.user.restore.mutate({ id: ana.id }))).code, 'not-found');
    const ask = async (of: typeof home, done: string[]) =>
      (await of.client.user.departed.mutate({ done, wait: false })).users;
    assert.deepEqual(await ask(other, [ana.id]), [], 'another home hears nothing and ends nothing');
    assert.deepEqual(await ask(home, []), [ana.id]);
    assert.deepEqual(await ask(home, []), [ana.id], 'told again until it is done');
    assert.deepEqual(await ask(home, [ana.id]), []);
    assert.ok((await registerUser(running, 'ana')).id !== ana.id, 'the name is free again');
  });

  test('who was shut out before is not let in by being brought back', async () => {
    const bea = await registerUser(running, 'bea');
    await admin.client.user.disable.mutate({ id: bea.id });
    await admin.client.user.remove.mutate({ id: bea.id });
    await admin.client.user.restore.mutate({ id: bea.id });
    assert.equal((await admin.client.user.show.query({ id: bea.id })).state, 'disabled');
    await admin.client.user.enable.mutate({ id: bea.id });
    await admin.client.user.remove.mutate({ id: bea.id });
    await admin.client.user.restore.mutate({ id: bea.id });
    assert.equal((await admin.client.user.show.query({ id: bea.id })).state, 'active');
  });
});
