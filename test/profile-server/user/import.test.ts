import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { type RunningServer, startServer } from '../start-server.ts';

const HEADER = 'name,display_name,group,email';

for (const engine of ENGINES) {
  describe(`users from a file (${engine})`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let running: RunningServer;
    let admin: TestUser;
    before(async () => {
      database = await startEngine(engine);
      running = await startServer({ database: database.setting() });
      admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    });
    after(async () => {
      await running.stop();
      await database.stop();
    });
    const run = async (csv: string, more: { dryRun?: boolean; newCodes?: boolean } = {}) =>
      await admin.client.user.import.mutate({ csv, dryRun: false, ...more });

    test('a dry run tells the difference and does nothing', async () => {
      const csv = `${HEADER}\nana,Ana Pérez,Biology,ana@example.org\nbea,,,\n`;
      const told = await run(csv, { dryRun: true });
      assert.deepEqual(
        told.added.map(({ line, name, group }) => [line, name, group]),
        [
          [2, 'ana', 'Biology'],
          [3, 'bea', null],
        ],
      );
      assert.deepEqual([told.groups, told.done, told.codes], [['Biology'], false, []]);
      assert.equal((await admin.client.user.list.query({})).total, 1);
    });

    test('with a problem in it nothing is done', async () => {
      const told = await run(`${HEADER}\nana,,,\nbea,,,nowhere\n`);
      assert.deepEqual(
        told.problems.map(({ line, reason }) => [line, reason]),
        [[3, 'csv-email']],
      );
      assert.equal(told.done, false);
      assert.equal((await admin.client.user.list.query({})).total, 1);
    });

    test('run once it adds, run again it finds nothing to do, and codes are told once', async () => {
      const rows = Array.from({ length: 90 }, (_, index) => `student${index},Student ${index},Law,`);
      const csv = `${HEADER}\n${rows.join('\n')}\n`;
      const first = await run(csv);
      assert.equal(first.codes.length, 90);
      assert.equal(new Set(first.codes.map(({ code }) => code)).size, 90);
      const again = await run(csv);
      assert.deepEqual([again.added, again.changed, again.same, again.codes], [[], [], 90, []]);
      const fresh = await run(csv, { newCodes: true });
      assert.equal(fresh.codes.length, 90);
      const [old] = first.codes;
      const [one] = fresh.codes;
      assert.notEqual(old?.code, one?.code);
    });

    test('what differs is changed, with its group', async () => {
      const told = await run(`${HEADER}\nstudent1,Another Name,Art,\n`);
      assert.deepEqual(
        told.changed.flatMap(({ fields }) => fields.map(({ field, after }) => [field, after])),
        [
          ['display_name', 'Another Name'],
          ['group', 'Art'],
        ],
      );
      const { users } = await admin.client.user.list.query({ query: 'another' });
      assert.deepEqual(
        users.map(({ name, displayName, group }) => [name, displayName, group?.name]),
        [['student1', 'Another Name', 'Art']],
      );
    });

    test('two runs at once add everybody once', async () => {
      const rows = Array.from({ length: 60 }, (_, index) => `both${index},,Music,`);
      const csv = `${HEADER}\n${rows.join('\n')}\n`;
      const [one, other] = await Promise.all([run(csv), run(csv)]);
      const codes = [...one.codes, ...other.codes].map(({ name }) => name);
      assert.deepEqual([codes.length, new Set(codes).size], [60, 60]);
      assert.equal((await admin.client.user.list.query({ query: 'both' })).total, 60);
    });
  });
}
