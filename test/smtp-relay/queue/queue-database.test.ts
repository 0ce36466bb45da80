import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { MINUTE } from '../../../common/time.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { readBody } from '../../../smtp-relay/queue/body-store.ts';
import { claimDeliveries } from '../../../smtp-relay/queue/claim-store.ts';
import type { Change } from '../../../smtp-relay/queue/commit/change.ts';
import { openQueueDatabase, type QueueDatabase } from '../../../smtp-relay/queue/commit/queue-database.ts';
import type { NewMail } from '../../../smtp-relay/queue/queued-mail.ts';
import { makeHotMail } from '../../../smtp-relay/queue/schedule/hot-mails.ts';
import { writeSettlement } from '../../../smtp-relay/queue/settle-store.ts';
import { readResults } from '../../../smtp-relay/result/result-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { T0, makeMail, makeOutcome } from '../../harness/queued-mails.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

for (const engine of ENGINES) {
  describe(`the queue’s writer on ${engine}`, { skip: missingEngine(engine) }, () => {
    const directory = makeTempDir('queue-database');
    let started: TestEngine;
    let queue: QueueDatabase;
    let opened = 0;

    before(async () => {
      started = await startEngine(engine);
    });
    beforeEach(async () => {
      await queue?.database.close();
      const file = join(directory.path, `${(opened += 1)}.sqlite`);
      const schema = 'relay';
      queue = await openQueueDatabase({
        database: started.setting(),
        file,
        schema,
        migrations,
        log: silentLogger,
      });
    });
    after(async () => {
      await queue?.database.close();
      await started.stop();
      directory.remove();
    });

    let leases = 0;
    const claimHot = (mail: NewMail) =>
      makeHotMail(mail, { owner: 'relay_a', ends: T0 + MINUTE, makeLease: () => `lease_${(leases += 1)}` });
    const claimAll = async (now: number) =>
      await claimDeliveries(queue.database, {
        now,
        leaseEnds: now + MINUTE,
        owner: 'relay_b',
        makeLease: () => `lease_${(leases += 1)}`,
        max: 20,
        roomFor: () => 20,
        full: [],
      });

    test('a mail that is inserted claimed is nobody else’s until its lease ends', async () => {
      const mail = makeMail({}, ['a@x.test', 'b@y.test']);
      const { claim } = claimHot(mail);
      assert.deepEqual(await queue.commit([{ kind: 'mail', mail, claim }]), [{ id: mail.id, added: true }]);
      assert.deepEqual(await claimAll(T0), []);
      assert.equal((await claimAll(T0 + MINUTE)).length, 2);
    });

    test('new mails and what became of others are one transaction; bodies arrive byte by byte', async () => {
      const mails = [1, 2, 3].map((n) => makeMail({ body: Buffer.alloc(1000 * n, n) }));
      const hot = mails.map(claimHot);
      await queue.commit(
        mails.map((mail, n): Change => ({ kind: 'mail', mail, claim: hot[n]?.claim ?? null })),
      );
      for (const mail of mails) {
        const chunks: Buffer[] = [];
        for await (const chunk of readBody(queue.database, mail.id)) chunks.push(chunk);
        assert.ok(Buffer.concat(chunks).equals(mail.body));
      }
      const settlements = hot.map(({ deliveries: [delivery] }): Change => {
        assert.ok(delivery);
        const { mail, lease, recipients } = delivery;
        const outcomes = [makeOutcome(0, { state: 'failed', code: 550 })];
        return {
          kind: 'settlement',
          settlement: {
            mail,
            lease,
            recipients,
            outcomes,
            now: T0,
            dsn: { raw: Buffer.from('a report'), about: [0] },
          },
        };
      });
      const another: Change = { kind: 'mail', mail: makeMail({ sendKey: 'another' }), claim: null };
      const repeated: Change = { kind: 'mail', mail: makeMail({ sendKey: 'another' }), claim: null };
      const written = await queue.commit([...settlements, another, repeated]);
      assert.deepEqual(
        written.map((one) => one?.added ?? null),
        [null, null, null, true, false],
      );
      const results = await readResults(queue.database, 'storage_a', 0, 1e6);
      assert.deepEqual(
        results.map(({ seq, kind }) => `${seq} ${kind}`),
        ['1 recipient', '2 dsn', '3 recipient', '4 dsn', '5 recipient', '6 dsn'],
      );
      assert.deepEqual(
        (await claimAll(T0)).map(({ mail }) => mail.sendKey),
        ['another'],
      );
    });

    test('two relays that settle the last recipients of a mail at the same moment finish it', async () => {
      const { database } = queue;
      const mail = makeMail({}, ['a@x.test', 'b@y.test']);
      await queue.commit([{ kind: 'mail', mail, claim: null }]);
      const settlements = (await claimAll(T0)).map(({ mail: queued, lease, recipients }) => {
        const outcomes = recipients.map(({ number }) => makeOutcome(number));
        return { mail: queued, lease, recipients, outcomes, now: T0, dsn: null };
      });
      const [first, second] = settlements;
      assert.ok(first && second);
      const gate = Promise.withResolvers<void>();
      const one = database.write(async (tx) => {
        await writeSettlement(tx, first);
        await gate.promise;
      });
      await setTimeout(100);
      const two = database.write(async (tx) => await writeSettlement(tx, second));
      await setTimeout(200);
      gate.resolve();
      await Promise.all([one, two]);
      const row = await database.read.get('SELECT finished_at FROM mail WHERE id = ?', [mail.id]);
      assert.deepEqual(row, { finished_at: T0 });
      assert.deepEqual(await database.read.all('SELECT mail FROM mail_chunk'), []);
    });

    test('transactions of others take turns with it, and one that fails leaves nothing', async () => {
      const { database } = queue;
      await assert.rejects(
        database.write(async (tx) => {
          await tx.run('INSERT INTO home (id, seq) VALUES (?, ?)', ['never', 1]);
          throw new Error('changed my mind');
        }),
        /changed my mind/,
      );
      const mails = Array.from({ length: 5 }, () => makeMail());
      await Promise.all([
        ...mails.map(async (mail) => await queue.commit([{ kind: 'mail', mail, claim: null }])),
        ...[1, 2, 3].map(
          async (n) =>
            await database.write(async (tx) => {
              await tx.run('INSERT INTO home (id, seq) VALUES (?, ?)', [`home-${n}`, n]);
              const row = await tx.get<{ seq: number }>('SELECT seq FROM home WHERE id = ?', [`home-${n}`]);
              assert.equal(row?.seq, n);
            }),
        ),
      ]);
      const homes = await database.read.all<{ id: string }>('SELECT id FROM home ORDER BY id');
      assert.deepEqual(
        homes.map(({ id }) => id),
        ['home-1', 'home-2', 'home-3'],
      );
      assert.equal((await claimAll(T0)).length, mails.length);
    });

    test('interactive mail is claimed before bulk, and bulk that waited longer before it', async () => {
      const at = (sendKey: string, queuedAt: number, priority: 0 | 1): Change => ({
        kind: 'mail',
        mail: makeMail({ sendKey, queuedAt, priority }),
        claim: null,
      });
      await queue.commit([at('bulk', T0, 1), at('letter', T0 + 5, 0), at('old bulk', T0 - 2 * MINUTE, 1)]);
      const order = await claimAll(T0 + 10);
      assert.deepEqual(
        order.map(({ mail }) => mail.sendKey),
        ['old bulk', 'letter', 'bulk'],
      );
    });
  });
}
