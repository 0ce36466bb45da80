import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createConnection } from 'mysql2/promise';
import { MailError } from '../../common/errors.ts';
import { addRow } from '../../server-kit/database/add-row.ts';
import type { Database, Migration } from '../../server-kit/database/database.ts';
import { demandNewest, migrateDatabase } from '../../server-kit/database/migrate.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../harness/engines.ts';

const migrations: Migration[] = [
  {
    name: '001-thing',
    up: (schema) =>
      schema.createTable('thing', (table) => {
        table.string('id', 64).primary();
        table.bigInteger('at').notNullable();
        table.binary('bytes');
        table.text('note', 'longtext');
      }),
  },
];

for (const engine of ENGINES) {
  describe(`database on ${engine}`, { skip: missingEngine(engine) }, () => {
    let server: TestEngine;
    let database: Database;
    before(async () => {
      server = await startEngine(engine);
      database = await server.open(migrations);
    });
    after(async () => {
      await database.close();
      await server.stop();
    });

    test('text is compared by its bytes, times and bytes come back as they went in', async () => {
      await database.write(async (tx) => {
        for (const id of ['José', 'Jose', 'jose', '😀', '😎']) {
          await tx.run('INSERT INTO thing (id, at, bytes, note) VALUES (?, ?, ?, ?)', [
            id,
            1_795_000_000_123,
            Buffer.from([0, 255, 10]),
            null,
          ]);
        }
      });
      const row = await database.read.get<{ at: number; bytes: Uint8Array }>(
        database.sql('thing').where({ id: 'Jose' }),
      );
      assert.equal(row?.at, 1_795_000_000_123);
      assert.deepEqual([...(row?.bytes ?? [])], [0, 255, 10]);
      assert.equal((await database.read.all('SELECT id FROM thing')).length, 5);
    });

    test('a failed transaction leaves nothing, and the next one works', async () => {
      const boom = new Error('boom');
      await assert.rejects(
        database.write(async (tx) => {
          await tx.run('INSERT INTO thing (id, at) VALUES (?, ?)', ['lost', 1]);
          throw boom;
        }),
        boom,
      );
      assert.equal(await database.read.get('SELECT id FROM thing WHERE id = ?', ['lost']), undefined);
      await database.write(async (tx) => await tx.run('DELETE FROM thing WHERE id = ?', ['nobody']));
    });

    test('a row is added once; what else is wrong with it is an error', async () => {
      const add = async (id: string, at: number | null): Promise<boolean> =>
        await database.write(async (tx) => await addRow(tx, 'thing', 'id, at', [id, at]));
      assert.deepEqual([await add('once', 1), await add('once', 2)], [true, false]);
      assert.deepEqual(await database.read.all('SELECT at FROM thing WHERE id = ?', ['once']), [{ at: 1 }]);
      await assert.rejects(add('timeless', null));
      if (engine === 'mysql') await assert.rejects(add('x'.repeat(65), 1));
    });

    test('a database that does not answer is not taken for an old one', async () => {
      const lost = await server.open(migrations);
      await demandNewest(lost, migrations);
      await lost.close();
      await assert.rejects(
        demandNewest(lost, migrations),
        (error) => !(error instanceof MailError && error.reason === 'database-older'),
      );
    });

    test('concurrent writers on one counter lose no step', async () => {
      await database.write(
        async (tx) => await tx.run('INSERT INTO thing (id, at) VALUES (?, ?)', ['counter', 0]),
      );
      const step = async () =>
        await database.write(async (tx) => {
          await tx.run('UPDATE thing SET at = at + 1 WHERE id = ?', ['counter']);
          const row = await tx.get<{ at: number }>('SELECT at FROM thing WHERE id = ?', ['counter']);
          return row?.at;
        });
      const seen = await Promise.all(Array.from({ length: 40 }, step));
      assert.equal(new Set(seen).size, 40);
      assert.equal(Math.max(...seen.map(Number)), 40);
    });

    test('a step that fails is not noted, and the next start goes on', async () => {
      const step = (name: string, text: string): Migration => ({ name, up: (schema) => schema.raw(text) });
      const good = step('002', 'CREATE TABLE second (a INTEGER PRIMARY KEY)');
      const bad = step('003', 'CREATE TABLE third (a INTEGER PRIMARY KEY,)');
      await assert.rejects(migrateDatabase(database, [...migrations, good, bad], silentLogger));
      const names = await database.read.all<{ name: string }>('SELECT name FROM migration ORDER BY name');
      // SQLite takes back what came before it in the same run; MySQL has committed that.
      const kept = engine === 'sqlite' ? ['001-thing'] : ['001-thing', '002'];
      assert.deepEqual(
        names.map(({ name }) => name),
        kept,
      );
      const mended = step('003', 'CREATE TABLE third (a INTEGER PRIMARY KEY)');
      await migrateDatabase(database, [...migrations, good, mended], silentLogger);
      assert.deepEqual(await database.read.all('SELECT a FROM second UNION SELECT a FROM third'), []);
    });

    test('an older program refuses a newer database', async () => {
      await assert.rejects(
        migrateDatabase(database, [], silentLogger),
        (error) => error instanceof MailError && error.reason === 'database-newer',
      );
    });
  });
}

describe('a MySQL server that would forget', { skip: missingEngine('mysql') }, () => {
  let server: TestEngine;
  before(async () => {
    server = await startEngine('mysql');
  });
  after(async () => await server.stop());
  const isRefusal = (error: unknown) => error instanceof MailError && error.reason === 'database-not-durable';

  test('a table without transactions is refused', async () => {
    const unsafe: Migration = {
      name: '002',
      up: (schema) => schema.raw('CREATE TABLE t (a INT) ENGINE=MyISAM'),
    };
    await assert.rejects(server.open([...migrations, unsafe]), isRefusal);
  });
  test('a server that syncs only once a second is refused', async () => {
    const database = await server.open(migrations);
    await database.write(async (tx) => await tx.run('SET GLOBAL innodb_flush_log_at_trx_commit = 2'));
    await database.close();
    await assert.rejects(server.open(migrations), isRefusal);
  });
});

test(
  'a database that the admin made, in an order of letters of his: ids that differ in case are two all the same',
  { skip: missingEngine('mysql') },
  async (t) => {
    const server = await startEngine('mysql');
    t.after(async () => await server.stop());
    const setting = server.setting();
    assert.ok(setting.engine === 'mysql');
    const url = new URL(setting.url);
    const admin = await createConnection({ host: url.hostname, port: Number(url.port), user: 'root' });
    await admin.query(
      `CREATE DATABASE ${url.pathname.slice(1)}_test CHARACTER SET latin1 COLLATE latin1_swedish_ci`,
    );
    await admin.end();
    const options = { database: setting, file: '', schema: 'test', migrations, log: silentLogger };
    const database = await openDatabase(options);
    t.after(async () => await database.close());
    await database.write(async (tx) => {
      for (const id of ['AbC', 'aBc'])
        await tx.run('INSERT INTO thing (id, at, note) VALUES (?, 1, ?)', [id, '→']);
    });
    assert.deepEqual(await database.read.all('SELECT id, note FROM thing WHERE id = ?', ['aBc']), [
      { id: 'aBc', note: '→' },
    ]);
  },
);
