import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { removeRowsOf } from '../../../storage-server/departure/departure-store.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { fillTables, findValue } from '../../harness/fill-tables.ts';

for (const engine of ENGINES) {
  describe(`a user who is gone (${engine})`, { skip: missingEngine(engine) }, () => {
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

    test('no table of the home keeps a row of hers; those of others stay', async () => {
      const of = (name: string) => ({ user: name, user_id: name, operation: `op_${name}` });
      const tables = await fillTables(database, of('ana'));
      await fillTables(database, of('bea'));
      assert.ok(tables.includes('mail') && tables.includes('draft') && tables.includes('operation_part'));
      await database.write(async (tx) => {
        await tx.run("UPDATE operation SET id = 'op_ana' WHERE user_id = 'ana'");
        await tx.run("UPDATE operation SET id = 'op_bea' WHERE user_id = 'bea'");
      });
      const before = await findValue(database, 'bea');
      await removeRowsOf(database, 'ana', AbortSignal.timeout(60_000));
      assert.deepEqual(await findValue(database, 'ana'), []);
      assert.deepEqual(await findValue(database, 'op_ana'), []);
      assert.deepEqual(await findValue(database, 'bea'), before);
      assert.equal((await findValue(database, 'op_bea')).length, 2);
    });
  });
}
