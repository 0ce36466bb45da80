import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { followDepartures } from '../../../storage-server/departure/follow-departures.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { readCursor, saveCursor } from '../../../storage-server/background/cursor-store.ts';
import { readLedger, saveEntries } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

describe('a user who is gone while something is still written', () => {
  const dir = makeTempDir('departure');
  let running: TestEngine;
  let db: Database;
  before(async () => {
    running = await startEngine('sqlite');
    db = await running.open(migrations);
  });
  after(async () => {
    await db.close();
    await running.stop();
    dir.remove();
  });

  test('nothing is left when the home says so', async () => {
    const write = async (): Promise<void> =>
      await db.write(async (tx) => await saveCursor(tx, 'use_cursor', 'ana', { modseq: 7, mail: 1 }));
    const read = async (): Promise<number> => (await readCursor(db.read, 'use_cursor', 'ana')).modseq;
    await write();
    const ids = makeMailIds(Buffer.alloc(32, 9));
    const unknown = { account: null, removed_at: null, header: null, body: null };
    const times = { first_seen: 1, listed: 1, size: 1, state: 'kept' } as const;
    const entry = { ...unknown, ...times, maildrop: 'drop', uidl: 'u', mail: ids.mail('ana', 1) };
    await db.write(async (tx) => await saveEntries(tx, [entry]));
    const said = Promise.withResolvers<readonly string[]>();
    const mutate = async (
      { done }: { done: readonly string[] },
      { signal }: { signal: AbortSignal },
    ): Promise<{ users: string[] }> => {
      if (done.length === 0) return { users: ['ana'] };
      said.resolve(done);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return { users: [] };
    };
    const profile = { user: { departed: { mutate } } } as never;
    const stop = followDepartures({ dataDir: dir.path, db, ids, log: silentLogger, profile }, 300);
    while ((await read()) !== 0) await sleep(5);
    // A poll that was under way commits its last batch.
    await write();
    assert.deepEqual(await said.promise, ['ana']);
    assert.equal(await read(), 0);
    assert.deepEqual(await readLedger(db.read, 'drop'), []);
    await stop();
  });
});
