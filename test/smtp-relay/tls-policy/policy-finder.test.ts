import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../../common/time.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { wayTables } from '../../../smtp-relay/migrations/way-tables.ts';
import { makePolicyFinder, type PolicyFinder } from '../../../smtp-relay/tls-policy/policy-finder.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';

const policyFile = (mode: string, maxAge = 2 * 86_400): string =>
  `version: STSv1\nmode: ${mode}\nmx: mx.x.test\nmax_age: ${maxAge}\n`;

for (const engine of ENGINES) {
  describe(`finding a policy (${engine})`, { skip: missingEngine(engine) }, () => {
    let server: TestEngine;
    let database: Database;
    before(async () => {
      server = await startEngine(engine);
      database = await server.open(wayTables);
      finder = restart();
    });
    after(async () => {
      await database?.close();
      await server?.stop();
    });

    /** What DNS and the web server say; null: they do not answer. */
    const world = { id: '1' as string | null, gone: false, file: policyFile('enforce') as string | null };
    const asked = { ids: 0, files: 0 };
    let now = 1_000_000;
    const restart = (): PolicyFinder =>
      makePolicyFinder({
        database,
        now: () => now,
        log: silentLogger,
        source: {
          findId: async () => {
            asked.ids += 1;
            if (world.id === null && !world.gone) throw new Error('no answer');
            return world.id;
          },
          fetchFile: async () => {
            asked.files += 1;
            if (world.file === null) throw new Error('no answer');
            return world.file;
          },
        },
      });
    let finder: PolicyFinder;
    const find = async (): Promise<string | null> => (await finder.find('x.test'))?.mode ?? null;

    test('asks once for many mails, and not for addresses of hosts', async () => {
      assert.deepEqual(await Promise.all([find(), find(), find()]), ['enforce', 'enforce', 'enforce']);
      assert.deepEqual(asked, { ids: 1, files: 1 });
      assert.equal(await finder.find('[127.0.0.1]'), null);
      assert.equal(await finder.find(''), null);
      assert.deepEqual(asked, { ids: 1, files: 1 });
    });

    test('what was fetched holds for another relay too, though record and file are gone', async () => {
      finder = restart();
      Object.assign(world, { id: null, gone: true, file: null });
      assert.equal(await find(), 'enforce');
      Object.assign(world, { gone: false });
      now += HOUR;
      assert.equal(await find(), 'enforce', 'and though DNS says nothing');
      Object.assign(world, { id: '2' });
      now += HOUR;
      assert.equal(await find(), 'enforce', 'and though the new one cannot be fetched');
    });

    test('another id brings another policy', async () => {
      Object.assign(world, { id: '2', file: policyFile('testing') });
      assert.equal(await find(), 'enforce', 'asked again only after a while');
      now += 6 * MINUTE;
      assert.equal(await find(), 'testing');
    });

    test('the same id is fetched anew after a day, so that it does not end', async () => {
      const before = asked.files;
      now += HOUR;
      await find();
      assert.equal(asked.files, before);
      now += DAY;
      assert.equal(await find(), 'testing');
      assert.equal(asked.files, before + 1);
      now += 2 * DAY - MINUTE;
      world.file = null;
      assert.equal(await find(), 'testing');
      now += 2 * MINUTE;
      assert.equal(await find(), null, 'after max_age it is over, also for who knew it');
    });

    test('without any policy nothing is demanded, and nobody is asked for each mail', async () => {
      Object.assign(world, { id: null, gone: true });
      now += HOUR;
      const { ids } = asked;
      assert.deepEqual([await find(), await find()], [null, null]);
      assert.equal(asked.ids, ids + 1);
    });

    test('a policy that cannot be kept holds all the same, while it is known', async () => {
      let files = 0;
      const full = makePolicyFinder({
        database: { ...database, write: async () => await Promise.reject(new Error('the disk is full')) },
        now: () => now,
        log: silentLogger,
        source: {
          findId: async () => '1',
          fetchFile: async () => {
            files += 1;
            return policyFile('enforce');
          },
        },
      });
      const mode = async (): Promise<string | null> => (await full.find('full.test'))?.mode ?? null;
      assert.deepEqual([await mode(), await mode()], ['enforce', 'enforce']);
      assert.equal(files, 1);
    });

    test('a database that fails lets nothing go in the clear', async () => {
      const broken = makePolicyFinder({
        database: {
          ...database,
          read: { ...database.read, get: async () => await Promise.reject(new Error('away')) },
        },
        now: () => now,
        log: silentLogger,
        source: { findId: async () => null, fetchFile: async () => '' },
      });
      await assert.rejects(broken.find('x.test'), /away/);
    });
  });
}
