import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Migration } from '../../server-kit/database/database.ts';
import { makeStep } from '../../server-kit/database/make-step.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { missingComponent } from '../harness/component.ts';
import { startMariadb } from '../harness/mariadb.ts';

const steps: Migration[] = [
  makeStep('001-thing', 'CREATE TABLE thing (id VARCHAR(64) NOT NULL PRIMARY KEY)'),
  ...['a', 'b', 'c', 'd'].map((name, n) =>
    makeStep(`00${n + 2}-${name}`, `ALTER TABLE thing ADD COLUMN ${name} INTEGER`),
  ),
];

test(
  'processes that open a new MariaDB database together bring it up together',
  {
    skip: missingComponent('mariadbd'),
  },
  async () => {
    const server = await startMariadb();
    try {
      const open = async () =>
        await openDatabase({
          database: { engine: 'mysql', url: server.url('together') },
          file: '',
          schema: 'relay',
          migrations: steps,
          log: silentLogger,
        });
      const databases = await Promise.all([open(), open(), open()]);
      const rows = await databases[0]?.read.all<{ name: string }>('SELECT name FROM migration ORDER BY name');
      assert.deepEqual(
        rows?.map(({ name }) => name),
        steps.map(({ name }) => name),
      );
      for (const database of databases) await database.close();
    } finally {
      await server.stop();
    }
  },
);
