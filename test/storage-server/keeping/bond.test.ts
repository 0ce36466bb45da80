import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Sqlite from 'better-sqlite3';
import { MailError } from '../../../common/errors.ts';
import { DAY } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { makeStep } from '../../../server-kit/database/make-step.ts';
import { silentLogger, type Logger } from '../../../server-kit/log.ts';
import { openLocalBlobStore } from '../../../storage-server/blob/local-blob-store.ts';
import { bindStore, demandBond, type StoreBond } from '../../../storage-server/keeping/bond/bind-store.ts';
import { decideBond } from '../../../storage-server/keeping/bond/decide-bond.ts';
import { sweepStore } from '../../../storage-server/keeping/bond/sweep-store.ts';
import { keepingTables } from '../../../storage-server/migrations/keeping-tables.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

/** What of the store's tables is looked at. */
const migrations = [...keepingTables, makeStep('mail', 'CREATE TABLE mail (id BIGINT NOT NULL PRIMARY KEY)')];

const isMismatch = (error: unknown): boolean =>
  error instanceof MailError && error.code === 'unavailable' && error.reason === 'store-mismatch';

test('what belongs together, table by table', () => {
  const at = (generation: number, storeId = 'a') => ({ storeId, generation });
  const sure = { sure: true, sweepAfter: 0 };
  const unsure = { sure: false, sweepAfter: 0 };
  const full = { blobs: true, mails: true };
  const empty = { blobs: false, mails: false };
  const fresh = { blobs: true, mails: false };
  const cases: [...Parameters<typeof decideBond>, string][] = [
    [null, null, empty, 'new'],
    [null, null, full, 'new'],
    [null, null, fresh, 'new older'],
    [at(3), { ...at(3), ...sure }, full, 'same'],
    [at(4), { ...at(3), ...sure }, full, 'same'],
    [at(2), { ...at(3), ...sure }, full, 'same older'],
    [at(2), { ...at(3, 'b'), ...sure }, full, 'mismatch'],
    [at(2), { ...at(3, 'b'), ...unsure }, empty, 'mismatch'],
    [null, { ...at(3), ...sure }, full, 'mismatch'],
    [null, { ...at(3), ...sure }, fresh, 'mismatch'],
    [null, { ...at(0), ...unsure }, full, 'adopt'],
    [null, { ...at(3), ...sure }, empty, 'adopt'],
    [at(1), null, empty, 'adopt'],
    [at(1), null, full, 'mismatch'],
    [at(1), null, { blobs: false, mails: true }, 'mismatch'],
  ];
  for (const [database, blobs, holding, wanted] of cases) {
    const { kind, older } = decideBond(database, blobs, holding);
    assert.equal(`${kind}${older ? ' older' : ''}`, wanted, JSON.stringify([database, blobs, holding]));
  }
});

for (const engine of ENGINES) {
  describe(`database and blobs of one store on ${engine}`, { skip: missingEngine(engine) }, () => {
    let databases: TestEngine;
    const ends: (() => Promise<void>)[] = [];
    before(async () => void (databases = await startEngine(engine)));
    after(async () => {
      for (const end of ends.toReversed()) await end();
      await databases.stop();
    });

    /** A store with one blob of two days ago that no row names. */
    const makeStore = async () => {
      const dir = makeTempDir('bond');
      const open = async (): Promise<Database> => {
        const db = await databases.open(migrations);
        ends.push(async () => await db.close());
        return db;
      };
      const blobs = await openLocalBlobStore({
        dataDir: dir.path,
        key: Buffer.alloc(32, 7),
        log: silentLogger,
      });
      ends.push(async () => {
        await blobs.close();
        dir.remove();
      });
      const warned: string[] = [];
      const log: Logger = { ...silentLogger, warn: (event) => void warned.push(event) };
      let random = 0;
      let now = Date.now();
      const bind = async (db: Database): Promise<StoreBond> =>
        await bindStore({
          db,
          dataDir: dir.path,
          clock: { now: () => now },
          random: (size) => Buffer.alloc(size, ++random),
          log,
        });
      const sweep = async (bond: StoreBond): Promise<number | null> =>
        await sweepStore({ blobs, references: [], bond, clock: { now: () => now } });
      const addBlob = async (): Promise<void> => {
        await blobs.put([Buffer.from('a mail')]);
        const rows = new Sqlite(join(dir.path, 'blobs.sqlite'));
        rows.prepare('UPDATE blob SET seen = seen - ?').run(2 * DAY);
        rows.close();
      };
      const pass = (time: number): void => void (now += time);
      return { dataDir: dir.path, open, bind, sweep, addBlob, pass, warned };
    };

    const readRow = async (db: Database): Promise<{ store_id: string; generation: number }> =>
      (await db.read.get('SELECT * FROM store_bond'))!;
    const writeRow = async (db: Database, row: { store_id: string; generation: number }): Promise<void> =>
      await db.write(async (tx) => {
        await tx.run('DELETE FROM store_bond');
        await tx.run('INSERT INTO store_bond VALUES (?, ?)', [row.store_id, row.generation]);
      });

    test('an empty store is bound at its first start, and swept as ever', async () => {
      const store = await makeStore();
      const db = await store.open();
      const first = await store.bind(db);
      await store.addBlob();
      const second = await store.bind(db);
      assert.equal(await store.sweep(second), 1);
      assert.equal((await readRow(db)).generation, 3, 'two starts and a sweep');
      assert.equal(first.sweepAfter, 0);
      assert.deepEqual(store.warned, []);
    });

    test('a fresh database, or another store’s, is refused', async () => {
      const store = await makeStore();
      const own = await store.open();
      await store.bind(own);
      await store.addBlob();
      const fresh = await store.open();
      await assert.rejects(store.bind(fresh), isMismatch);
      await assert.rejects(demandBond({ db: fresh, dataDir: store.dataDir }), isMismatch);
      await writeRow(fresh, { store_id: 'store_another', generation: 9 });
      await assert.rejects(store.bind(fresh), isMismatch);
      await writeRow(fresh, await readRow(own));
      assert.equal(await store.sweep(await store.bind(fresh)), 1, 'copied with the row it is the same store');
    });

    test('a data directory of an earlier version is bound; with a database that nobody used nothing is swept', async () => {
      const store = await makeStore();
      await store.addBlob();
      const db = await store.open();
      const bond = await store.bind(db);
      assert.deepEqual(store.warned, ['store.sweep-put-off']);
      assert.equal(await store.sweep(bond), null);
      await assert.rejects(store.bind(await store.open()), isMismatch);
    });

    test('an older database puts the sweep off for 30 days, also over further starts', async () => {
      const store = await makeStore();
      const db = await store.open();
      await store.bind(db);
      await store.addBlob();
      const dump = await readRow(db);
      await store.bind(db);
      await writeRow(db, dump);
      assert.equal((await demandBond({ db, dataDir: store.dataDir })).sweepAfter, Number.POSITIVE_INFINITY);
      const bond = await store.bind(db);
      assert.deepEqual(store.warned, ['store.sweep-put-off']);
      assert.equal(await store.sweep(bond), null);
      store.pass(29 * DAY);
      const later = await store.bind(db);
      assert.equal(store.warned.length, 1);
      assert.equal(await store.sweep(later), null);
      store.pass(DAY);
      assert.equal(await store.sweep(later), 1);
    });

    test('blobs of an earlier time, and a first start that ended half-way, are fine', async () => {
      const store = await makeStore();
      const db = await store.open();
      await store.bind(db);
      const file = join(store.dataDir, 'blobs.sqlite');
      const rows = new Sqlite(file);
      rows.exec('UPDATE store_bond SET generation = 0');
      rows.close();
      assert.equal((await store.bind(db)).sweepAfter, 0);
      await store.addBlob();
      const half = new Sqlite(file);
      half.exec('UPDATE store_bond SET sure = 0');
      half.close();
      const { store_id: storeId } = await readRow(db);
      await db.write(async (tx) => await tx.run('DELETE FROM store_bond'));
      await store.bind(db);
      assert.equal((await readRow(db)).store_id, storeId);
    });
  });
}
