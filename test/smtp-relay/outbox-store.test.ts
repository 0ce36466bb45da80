import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { migrations } from '../../smtp-relay/migrations/migrations.ts';
import { claimDeliveries } from '../../smtp-relay/queue/claim-store.ts';
import { listWaiting } from '../../smtp-relay/queue/list-store.ts';
import { dropResults, readResults } from '../../smtp-relay/result/result-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';
import { T0, insertMails, makeMail, makeOutcome, settleDelivery } from '../harness/queued-mails.ts';

for (const engine of ENGINES) {
  describe(`what the relay tells, on ${engine}`, { skip: missingEngine(engine) }, () => {
    let started: TestEngine;
    let database: Database;
    let leases = 0;

    before(async () => {
      started = await startEngine(engine);
    });
    beforeEach(async () => {
      await database?.close();
      database = await started.open(migrations);
    });
    after(async () => {
      await database?.close();
      await started.stop();
    });

    test('results are numbered for each home without a gap and dropped when acknowledged', async () => {
      const homes = ['storage_a', 'storage_b'];
      await insertMails(
        database,
        Array.from({ length: 20 }, (_, n) => makeMail({ home: homes[n % 2] ?? '' }, [`a@d${n}.test`])),
      );
      const deliveries = await claimDeliveries(database, {
        now: T0,
        leaseEnds: T0 + MINUTE,
        owner: 'relay_a',
        makeLease: () => `lease_${(leases += 1)}`,
        max: 50,
        roomFor: () => 4,
        full: [],
      });
      await Promise.all(
        deliveries.map(async (d) => settleDelivery(database, d, [makeOutcome(0)], { now: T0, dsn: null })),
      );
      for (const home of homes) {
        const seqs = (await readResults(database, home, 0, 1e6)).map((result) => result.seq);
        assert.deepEqual(seqs, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }
      assert.equal(await dropResults(database, 'storage_a', 4), 4);
      assert.equal((await readResults(database, 'storage_a', 0, 1e6))[0]?.seq, 5);
      assert.equal((await readResults(database, 'storage_b', 0, 1e6))[0]?.seq, 1);
      assert.equal(
        await dropResults(database, 'storage_a', 99),
        0,
        'an ack from another history drops nothing',
      );
      assert.equal(
        (await readResults(database, 'storage_a', 4, 1)).length,
        1,
        'at least one, whatever its size',
      );
    });

    test('the list is paged without gap or double and shows a user only his own', async () => {
      for (let n = 0; n < 5; n++) {
        await insertMails(database, [
          makeMail({ queuedAt: T0 + (n >> 1), user: n === 4 ? 'user_b' : 'user_a' }, [
            'a@x.test',
            'b@y.test',
          ]),
        ]);
      }
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await listWaiting(database, { user: null, limit: 3, after });
        seen.push(...page.items.map((item) => `${item.id} ${item.recipient}`));
        after = page.next;
      } while (after !== null);
      assert.equal(seen.length, 10);
      assert.equal(new Set(seen).size, 10);
      const own = await listWaiting(database, { user: 'user_b', limit: 50, after: null });
      assert.equal(own.items.length, 2);
      await assert.rejects(listWaiting(database, { user: null, limit: 5, after: 'x' }), { code: 'invalid' });
    });
  });
}
