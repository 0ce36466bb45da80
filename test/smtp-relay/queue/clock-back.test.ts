import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { DAY, HOUR } from '../../../common/time.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { pullIn } from '../../../smtp-relay/queue/claim-store.ts';
import { openQueueDatabase } from '../../../smtp-relay/queue/commit/queue-database.ts';
import { NOTHING_PAUSED } from '../../../smtp-relay/queue/schedule/paused.ts';
import { startScheduler } from '../../../smtp-relay/queue/scheduler.ts';
import { insertMails, makeMail } from '../../harness/queued-mails.ts';
import { makeMovableClock } from '../../harness/movable-clock.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('after a clock was set back, what waits leaves all the same', async (t) => {
  const directory = makeTempDir('clock-back');
  const file = join(directory.path, 'queue.sqlite');
  const setting = { engine: 'sqlite' } as const;
  const { database } = await openQueueDatabase({
    database: setting,
    file,
    schema: 'relay',
    migrations,
    log: silentLogger,
  });
  const clock = makeMovableClock();
  const begun: string[] = [];
  const scheduler = await startScheduler({
    database,
    clock,
    log: silentLogger,
    owner: 'relay_a',
    makeLease: () => 'lease_1',
    paused: () => NOTHING_PAUSED,
    limit: 100,
    deliver: async ({ mail }) => {
      begun.push(mail.id);
      await setTimeout(0);
      return 'good';
    },
  });
  t.after(async () => {
    await scheduler.stop(100);
    await database.close();
    directory.remove();
  });
  await setTimeout(100);
  clock.advance(-DAY);
  // Queued by another relay: nobody wakes this one.
  const [early, late] = [makeMail({ queuedAt: clock.now() }), makeMail({ queuedAt: clock.now() + DAY })];
  await insertMails(database, [early]);
  for (let n = 0; n < 80 && begun.length === 0; n++) await setTimeout(100);
  assert.deepEqual(begun, [early.id]);
  const soon = makeMail({ queuedAt: clock.now() + 4 * HOUR });
  await insertMails(database, [late, soon]);
  assert.equal(await pullIn(database, clock.now()), 1, 'only what no pause between two tries explains');
  scheduler.wake();
  for (let n = 0; n < 80 && begun.length === 1; n++) await setTimeout(100);
  assert.deepEqual(begun, [early.id, late.id]);
});
