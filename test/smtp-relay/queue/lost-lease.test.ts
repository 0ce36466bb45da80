import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Suppression } from '../../../common/shapes/suppression.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { readBody } from '../../../smtp-relay/queue/body-store.ts';
import { claimDeliveries } from '../../../smtp-relay/queue/claim-store.ts';
import { commitChanges } from '../../../smtp-relay/queue/commit/commit-changes.ts';
import type { Settlement } from '../../../smtp-relay/queue/commit/change.ts';
import { openQueueDatabase, type QueueDatabase } from '../../../smtp-relay/queue/commit/queue-database.ts';
import { deliver, type DeliverContext } from '../../../smtp-relay/queue/deliver/deliver.ts';
import type { Delivery } from '../../../smtp-relay/queue/queued-mail.ts';
import { NOTHING_PAUSED } from '../../../smtp-relay/queue/schedule/paused.ts';
import { LEASE_LENGTH, startScheduler } from '../../../smtp-relay/queue/scheduler.ts';
import { insertMails, makeMail } from '../../harness/queued-mails.ts';
import { makeMovableClock } from '../../harness/movable-clock.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const SUPPRESSED = { reason: 'recipient-refused/unknown-user', enhanced: '5.1.1', serverLine: null };

describe('a relay that loses touch with its queue', () => {
  let directory: ReturnType<typeof makeTempDir>;
  let queue: QueueDatabase;
  let leases = 0;
  const makeLease = (): string => `lease_${(leases += 1)}`;
  const claimAll = async (owner: string, now: number): Promise<Delivery[]> =>
    await claimDeliveries(queue.database, {
      now,
      leaseEnds: now + LEASE_LENGTH,
      owner,
      makeLease,
      max: 20,
      roomFor: () => 20,
      full: [],
    });

  beforeEach(async () => {
    directory = makeTempDir('lost-lease');
    const file = join(directory.path, 'queue.sqlite');
    const database = { engine: 'sqlite' } as const;
    queue = await openQueueDatabase({ database, file, schema: 'relay', migrations, log: silentLogger });
  });
  afterEach(async () => {
    await queue.database.close();
    directory.remove();
  });

  test('begins nothing from memory that another may have taken meanwhile', async () => {
    const clock = makeMovableClock();
    const begun: string[] = [];
    const gate = Promise.withResolvers<void>();
    const scheduler = await startScheduler({
      database: queue.database,
      clock,
      log: silentLogger,
      owner: 'relay_a',
      makeLease,
      paused: () => NOTHING_PAUSED,
      limit: 100,
      deliver: async ({ mail }) => {
        begun.push(mail.id);
        await gate.promise;
        return 'good';
      },
    });
    const mails = Array.from({ length: 5 }, () => makeMail({ queuedAt: clock.now() }));
    for (const mail of mails) {
      const reserved = scheduler.reserve(mail);
      await commitChanges(queue.database, [{ kind: 'mail', mail, claim: reserved?.claim ?? null }]);
      reserved?.begin();
    }
    assert.equal(begun.length, 3, 'the others wait in memory for their turn');
    clock.advance(LEASE_LENGTH + 1);
    const taken = (await claimAll('relay_b', clock.now())).map(({ mail }) => mail.id);
    gate.resolve();
    await setTimeout(200);
    await scheduler.stop(1000);
    assert.equal(taken.length, 5);
    assert.deepEqual(
      begun,
      mails.slice(0, 3).map(({ id }) => id),
    );
  });

  test('sends no part of a mail that another has finished with', async () => {
    const mail = makeMail({ body: Buffer.alloc(600_000, 'x') });
    await insertMails(queue.database, [mail]);
    const read = async (): Promise<number> => {
      let size = 0;
      for await (const chunk of readBody(queue.database, mail.id, mail.body.length)) size += chunk.length;
      return size;
    };
    assert.equal(await read(), mail.body.length);
    for (const where of ['number = 1', 'number = 0']) {
      await queue.database.write(async (tx) => await tx.run(`DELETE FROM mail_chunk WHERE ${where}`));
      await assert.rejects(read(), /is gone/);
    }
  });

  /** To a suppressed address, so that there is something to report; so many times what was sent cannot be read. */
  const deliverBadly = async (failures: number, signal: AbortSignal): Promise<Settlement[]> => {
    const mail = makeMail({}, ['gone@x.test']);
    await insertMails(queue.database, [mail]);
    const [delivery] = await claimAll('relay_a', mail.queuedAt);
    assert.ok(delivery);
    const settled: Settlement[] = [];
    let left = failures;
    const { read } = queue.database;
    const get: typeof read.get = async (query, params) => {
      if ((left -= 1) >= 0) throw new Error('the database is away');
      return await read.get(query, params);
    };
    const context = {
      database: { ...queue.database, read: { ...read, get } },
      clock: { now: () => mail.queuedAt },
      randomFraction: () => 0,
      routes: { hasOneOwnHost: false },
      suppressions: {
        listSuppressed: async (_user: string, addresses: readonly string[]) =>
          new Map(addresses.map((address) => [address, SUPPRESSED as Suppression])),
        note: async () => undefined,
      },
      changed: { note: () => undefined },
      settle: async (settlement: Settlement) => void settled.push(settlement),
      log: silentLogger,
      name: 'relay.test',
      makeId: (prefix: string) => `${prefix}_1`,
      languageOf: async () => null,
    } as unknown as DeliverContext;
    await deliver(context, delivery, signal);
    return settled;
  };

  test('writes down what became of a mail though its report has to wait, or cannot be made at all', async () => {
    const [patient] = await deliverBadly(2, new AbortController().signal);
    assert.deepEqual(
      patient?.outcomes.map(({ state }) => state),
      ['failed'],
    );
    assert.deepEqual(patient?.dsn?.about, [0]);
    const [hurried] = await deliverBadly(1000, AbortSignal.abort());
    assert.deepEqual(
      hurried?.outcomes.map(({ state }) => state),
      ['failed'],
    );
    assert.equal(hurried?.dsn, null);
  });
});
