import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { removeLedgersOf, removeRowsOf } from '../../../storage-server/departure/departure-store.ts';
import { findStrayEntries } from '../../../storage-server/keeping/check/check-ledger.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { nameLedger } from '../../../storage-server/retrieval/ledger/ledger-key.ts';
import {
  type LedgerEntry,
  readLedger,
  saveEntries,
} from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import { readListing, saveListing } from '../../../storage-server/retrieval/ledger/maildrop-store.ts';
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

    test('her ledgers go with her, so that no verify takes them for lost mails; those of others stay', async () => {
      const ids = makeMailIds(Buffer.alloc(32, 9));
      const listing = { messages: 3000, bytes: 1, waiting: 0, waiting_bytes: 0, importing: 0 };
      const dropOf = (user: string): string =>
        nameLedger(user, { host: 'pop.example', port: 995, user: 'x' });
      await database.write(async (tx) => {
        await tx.run('DELETE FROM ledger');
        await tx.run('DELETE FROM maildrop_listing');
        for (const [user, count] of [
          ['ana', 3000],
          ['bea', 2],
        ] as const) {
          const entries = Array.from({ length: count }, (_, at) => makeEntry(user, dropOf(user), at));
          await saveEntries(tx, entries);
          await saveListing(tx, dropOf(user), listing);
        }
      });
      await removeLedgersOf(database, ids, 'ana', AbortSignal.timeout(60_000));
      const { read } = database;
      assert.deepEqual(
        [(await readLedger(read, dropOf('ana'))).length, await readListing(read, dropOf('ana'))],
        [0, null],
      );
      assert.equal((await readLedger(read, dropOf('bea'))).length, 2);
      assert.notEqual(await readListing(read, dropOf('bea')), null);
      const stray = await findStrayEntries(read, ['bea'], ids);
      assert.ok(stray.every(({ maildrop }) => maildrop === dropOf('bea')));

      function makeEntry(user: string, maildrop: string, at: number): LedgerEntry {
        const none = { account: null, removed_at: null, header: null, body: null };
        const mail = ids.mail(user, at);
        return { ...none, maildrop, uidl: `u${at}`, mail, size: 1, state: 'kept', first_seen: 1, listed: 1 };
      }
    });
  });
}
