import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HOUR, MINUTE } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { hourOf, judgeRate } from '../../../smtp-relay/submission/limit/limit-rule.ts';
import { readCounts } from '../../../smtp-relay/submission/limit/limit-store.ts';
import { makeSendLimits, type SendLimits } from '../../../smtp-relay/submission/limit/send-limits.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeMovableClock } from '../../harness/movable-clock.ts';

test('the rate is that of the last sixty minutes', () => {
  const at = (minutes: number): number => 1000 * HOUR + minutes * MINUTE;
  const cases: [number | null, number, number, number, number][] = [
    // limit, hour before, this hour, minutes passed, seconds to wait
    [null, 1e9, 1e9, 0, 0],
    [10, 0, 0, 0, 0],
    [10, 0, 9, 30, 0],
    [10, 0, 10, 30, 1800],
    [10, 0, 25, 59, 60],
    [10, 10, 0, 0, 1],
    [10, 10, 0, 1, 0],
    [10, 10, 5, 15, 900],
    [10, 10, 5, 31, 0],
    [10, 40, 0, 0, 2700],
  ];
  for (const [limit, before, current, minutes, wait] of cases) {
    const said = judgeRate(limit, { before, current }, at(minutes));
    assert.equal(said, wait, JSON.stringify({ limit, before, current, minutes }));
  }
});

for (const engine of ENGINES) {
  describe(`what a user may submit (${engine})`, { skip: missingEngine(engine) }, () => {
    const clock = makeMovableClock();
    const made: SendLimits[] = [];
    let started: TestEngine;
    let database: Database;
    before(async () => {
      started = await startEngine(engine);
      database = await started.open(migrations);
    });
    after(async () => {
      for (const limits of made) await limits.stop();
      await database.close();
      await started.stop();
    });
    const make = (perHour: number | null): SendLimits => {
      const limits = makeSendLimits({ database, clock, log: silentLogger, perHour });
      made.push(limits);
      return limits;
    };

    test('is counted for each user, by all relays together, and told in words', async () => {
      const [here, there] = [make(10), make(10)];
      await here.demandRoom('ana');
      await here.takeRoom('ana', 12);
      await assert.rejects(here.demandRoom('ana'), {
        responseCode: 450,
        message: /^4\.7\.1 limit of 10 recipients an hour reached, try again in \d+ s$/,
      });
      await here.demandRoom('bea');
      await here.stop();
      assert.equal((await readCounts(database.read, 'ana', hourOf(clock.now()))).current, 12);
      await assert.rejects(there.demandRoom('ana'), { responseCode: 450 });
      clock.advance(2 * HOUR);
      await there.demandRoom('ana');
    });

    test('is not outrun by mails that come in at the same moment; what was not queued is not counted', async () => {
      const limits = make(10);
      const mails = Array.from({ length: 50 }, async () => {
        await limits.demandRoom('dora');
        await limits.takeRoom('dora', 4);
      });
      const taken = (await Promise.allSettled(mails)).filter(({ status }) => status === 'fulfilled');
      assert.equal(taken.length, 3);
      limits.giveRoom('dora', 4);
      await limits.takeRoom('dora', 1);
      await limits.stop();
      assert.equal((await readCounts(database.read, 'dora', hourOf(clock.now()))).current, 9);
    });

    test('is what an administrator set for a user, instead of the setting', async () => {
      const limits = make(null);
      await limits.demandRoom('carla');
      await limits.demandRecipient('carla', 500);
      await limits.demandSize('carla', 70_000_000);
      const own = { perHour: 2, recipients: 3, size: 1000 };
      await limits.set('carla', own);
      assert.deepEqual(await limits.list(), { perHour: null, limits: [{ user: 'carla', ...own }] });
      await limits.demandRecipient('carla', 3);
      await assert.rejects(limits.demandRecipient('carla', 4), { responseCode: 452, message: /^4\.5\.3 / });
      await assert.rejects(limits.demandSize('carla', 1001), { responseCode: 552, message: /^5\.3\.4 / });
      await limits.demandRoom('carla');
      await limits.takeRoom('carla', 2);
      await assert.rejects(limits.demandRoom('carla'), { responseCode: 450 });
      const none = { perHour: null, recipients: null, size: null };
      await limits.set('carla', none);
      await limits.demandRoom('carla');
      assert.deepEqual((await limits.list()).limits, []);
    });
  });
}
