import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { Hints } from '../../../profile-server/hints.ts';
import { listAccountIds, removeEverythingOf } from '../../../profile-server/user/removal/purge-store.ts';
import { purgeDue } from '../../../profile-server/user/removal/purge-user.ts';
import { addUser } from '../../../profile-server/user/user-store.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { silentLogger } from '../../../server-kit/log.ts';
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

    test('of many whose days are over at once each goes by himself, and others are served meanwhile', async () => {
      const ids = Array.from({ length: 3 }, (_, n) => `leaver${n}`);
      await database.write(async (tx) => {
        const first = { password: '', admin: 0, disabled: 1, home: null, revision: 0, created_at: 1 };
        for (const id of ids)
          await addUser(tx, {
            ...first,
            id,
            name: id,
            name_key: id,
            data_key: Buffer.alloc(1),
            removed_at: 1,
            purge_at: 2,
          });
      });
      const happened: string[] = [];
      const serve = (): void => {
        happened.push('served');
        if (happened.filter((what) => what === 'gone').length < ids.length) setImmediate(serve);
      };
      setImmediate(serve);
      const log = { ...silentLogger, info: () => void happened.push('gone') };
      const stopping = new AbortController().signal;
      const server = { db: database, clock: { now: () => 3 }, hints: new Hints(), log, stopping };
      await purgeDue(server as never);
      const first = happened.indexOf('gone');
      assert.ok(happened.slice(first, happened.lastIndexOf('gone')).includes('served'), happened.join(' '));
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
