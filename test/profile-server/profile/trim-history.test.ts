import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { cleanUp } from '../../../profile-server/clean-up.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { putFirstItems, type ItemChange } from '../../../profile-server/profile/profile-store.ts';
import { HISTORY_KEPT, trimHistory } from '../../../profile-server/profile/trim-history-store.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';

for (const engine of ENGINES) {
  describe(`an old history (${engine})`, { skip: missingEngine(engine) }, () => {
    let running: TestEngine;
    let db: Database;
    before(async () => {
      running = await startEngine(engine);
      db = await running.open(migrations);
    });
    after(async () => {
      await db.close();
      await running.stop();
    });

    test('is gone over to its end, also where thousands of changes have one time, and that is 0', async () => {
      const items = Array.from({ length: 2500 }, (_, n): ItemChange => {
        const id = randomBytes(8).toString('hex');
        return { user: `user_${n % 7}`, part: 'labels', id, revision: 1, value: '{}', session: 's', at: 0 };
      });
      await db.write(async (tx) => await putFirstItems(tx, items));
      const trim = async (): Promise<boolean> =>
        await db.write(async (tx) => await trimHistory(tx, HISTORY_KEPT + 1000));
      assert.equal(await trim(), true);
      assert.equal(await trim(), false);
      const row = await db.read.get<{ count: number }>('SELECT COUNT(*) AS count FROM profile_history');
      assert.equal(row?.count, 2500, 'the last change of each stays');
    });

    test('others are served between its steps', async () => {
      const items = Array.from({ length: 5000 }, (_, n): ItemChange => {
        const at = 2000 + n;
        return { user: `user_${n}`, part: 'labels', id: 'lab', revision: 1, value: '{}', session: 's', at };
      });
      for (let n = 0; n < items.length; n += 2500)
        await db.write(async (tx) => await putFirstItems(tx, items.slice(n, n + 2500)));
      const happened: string[] = [];
      const stop = new AbortController();
      const serve = (): void => {
        happened.push('served');
        if (!stop.signal.aborted) setImmediate(serve);
      };
      setImmediate(serve);
      const write: Database['write'] = async (work) => {
        happened.push('step');
        return await db.write(work);
      };
      const clock = { now: () => HISTORY_KEPT + 10_000 };
      await cleanUp({ db: { ...db, write }, clock, stopping: stop.signal } as never);
      stop.abort();
      // The first is all else that is cleaned up.
      const steps = happened.slice(happened.indexOf('step', happened.indexOf('step') + 1));
      assert.ok(steps.filter((what) => what === 'step').length > 2, happened.join(' '));
      assert.ok(steps.slice(0, steps.lastIndexOf('step')).includes('served'), happened.join(' '));
    });
  });
}
