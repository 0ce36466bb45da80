import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { migrations } from '../../smtp-relay/migrations/migrations.ts';
import { readBody, readHeaders } from '../../smtp-relay/queue/body-store.ts';
import {
  claimDeliveries,
  findNextDue,
  releaseLeases,
  renewLeases,
} from '../../smtp-relay/queue/claim-store.ts';
import { listLockedUsers, makeDue } from '../../smtp-relay/queue/unlock/waiting-store.ts';
import type { Delivery } from '../../smtp-relay/queue/queued-mail.ts';
import { sweepFinished } from '../../smtp-relay/queue/settle-store.ts';
import { readResults } from '../../smtp-relay/result/result-store.ts';
import { T0, insertMails, makeMail, makeOutcome, settleDelivery } from '../harness/queued-mails.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';

for (const engine of ENGINES) {
  describe(`queue on ${engine}`, { skip: missingEngine(engine) }, () => {
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

    const claim = async (change: Partial<Parameters<typeof claimDeliveries>[1]> = {}): Promise<Delivery[]> =>
      await claimDeliveries(database, {
        now: T0,
        leaseEnds: T0 + MINUTE,
        owner: 'relay_a',
        makeLease: () => `lease_${(leases += 1)}`,
        max: 20,
        roomFor: () => 4,
        full: [],
        ...change,
      });
    const claimOne = async (): Promise<Delivery> => {
      const [delivery] = await claim();
      assert.ok(delivery);
      return delivery;
    };

    test('makes due what waits for users whose accounts are open now, and nothing else', async () => {
      const reason = 'needs-sign-in/locked-until-password';
      const mails = [
        makeMail({ user: 'user_a' }),
        makeMail({ user: 'user_b' }),
        makeMail({ user: 'user_a', mailFrom: 'other@x.test' }),
      ];
      await insertMails(database, mails);
      for (const delivery of await claim()) {
        const why = delivery.mail.mailFrom === 'other@x.test' ? 'server-error' : reason;
        const outcome = makeOutcome(0, { state: 'deferred', nextTry: T0 + MINUTE, reason: why });
        await settleDelivery(database, delivery, [outcome], { now: T0, dsn: null });
      }
      assert.deepEqual((await listLockedUsers(database.read)).toSorted(), ['user_a', 'user_b']);
      const due = async (users: string[]): Promise<number> =>
        await database.write(async (tx) => await makeDue(tx, users, T0 + 1));
      assert.equal(await due(['user_c']), 0);
      assert.equal(await due(['user_a', 'user_c']), 1);
      assert.equal(await due(['user_a']), 0, 'it is due already');
      const claimed = await claim({ now: T0 + 1, leaseEnds: T0 + MINUTE });
      assert.deepEqual(
        claimed.map(({ mail }) => mail.id),
        [mails[0]?.id],
      );
      assert.equal(await due(['user_a']), 0, 'it is being tried');
    });

    test('keeps a mail exactly, also one of several chunks with every byte', async () => {
      const body = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), randomBytes(2_000_000)]);
      const mail = makeMail({ body, eightBit: true, utf8: true, mailFrom: 'josé@x.test' });
      assert.deepEqual(await insertMails(database, [mail]), [{ id: mail.id, added: true }]);
      const chunks: Buffer[] = [];
      for await (const chunk of readBody(database, mail.id)) chunks.push(chunk);
      assert.ok(Buffer.concat(chunks).equals(body));
      assert.equal((await readHeaders(database, mail.id, 1000)).toString(), 'Subject: x\r\n');
      const delivery = await claimOne();
      assert.equal(delivery.mail.mailFrom, 'josé@x.test');
      assert.deepEqual(
        [delivery.mail.eightBit, delivery.mail.utf8, delivery.mail.size],
        [true, true, body.length],
      );
    });

    test('queues one send key of a user once, also twice at the same time; another user may have the same', async () => {
      const mails = Array.from({ length: 6 }, () => makeMail({ sendKey: 'same' }));
      const answers = await Promise.all(mails.map(async (mail) => (await insertMails(database, [mail]))[0]));
      assert.equal(answers.filter((answer) => answer?.added).length, 1);
      assert.equal(new Set(answers.map((answer) => answer?.id)).size, 1);
      const together = await insertMails(database, [
        makeMail({ sendKey: 'both' }),
        makeMail({ sendKey: 'both' }),
        makeMail({ sendKey: 'both', user: 'user_b' }),
      ]);
      assert.deepEqual(
        together.map((answer) => answer.added),
        [true, false, true],
      );
    });

    test('claims by mail and destination, once, until the lease ends', async () => {
      const mail = makeMail({}, ['a@x.test', 'b@y.test', 'c@x.test']);
      await insertMails(database, [mail]);
      const deliveries = await claim();
      assert.deepEqual(
        deliveries.map((d) => [d.destination, d.recipients.map((r) => r.address)]),
        [
          ['mx:x.test', ['a@x.test', 'c@x.test']],
          ['mx:y.test', ['b@y.test']],
        ],
      );
      assert.deepEqual(await claim(), []);
      assert.equal(await findNextDue(database, []), T0 + MINUTE);
      assert.equal((await claim({ now: T0 + MINUTE, owner: 'relay_b' })).length, 2, 'the lease ended');
    });

    test('gives no destination more than its room, and looks past full ones', async () => {
      await insertMails(
        database,
        Array.from({ length: 6 }, () => makeMail({}, ['a@slow.test'])),
      );
      await insertMails(database, [makeMail({}, ['a@quick.test'])]);
      const first = await claim({ roomFor: (d) => (d === 'mx:slow.test' ? 2 : 4) });
      assert.deepEqual(
        first.map((d) => d.destination),
        ['mx:slow.test', 'mx:slow.test', 'mx:quick.test'],
      );
      assert.deepEqual(await claim({ full: ['mx:slow.test'] }), []);
      assert.equal(await findNextDue(database, ['mx:slow.test']), T0 + MINUTE);
      assert.equal((await claim({ max: 1 })).length, 1);
    });

    test('takes no more recipients than one transaction may have', async () => {
      await insertMails(database, [
        makeMail(
          {},
          Array.from({ length: 250 }, (_, n) => `r${n}@x.test`),
        ),
      ]);
      const sizes = [];
      for (let round = 0; round < 3; round++) sizes.push((await claimOne()).recipients.length);
      assert.deepEqual(sizes, [100, 100, 50]);
    });

    test('two relays at once never claim the same', async () => {
      await insertMails(
        database,
        Array.from({ length: 30 }, (_, n) => makeMail({}, [`a@d${n}.test`])),
      );
      const both = await Promise.all([
        claim({ owner: 'relay_a', max: 50 }),
        claim({ owner: 'relay_b', max: 50 }),
        claim({ owner: 'relay_c', max: 50 }),
      ]);
      const rest = await claim({ max: 50 });
      const ids = [...both.flat(), ...rest].map((delivery) => delivery.mail.id);
      assert.equal(ids.length, 30);
      assert.equal(new Set(ids).size, 30);
    });

    test('settles each recipient by itself, tells the home in order, and drops the body at the end', async () => {
      const mail = makeMail({}, ['a@x.test', 'b@x.test', 'c@x.test']);
      await insertMails(database, [mail]);
      await settleDelivery(
        database,
        await claimOne(),
        [
          makeOutcome(0),
          makeOutcome(1, { state: 'deferred', nextTry: T0 + MINUTE, code: 451, reason: 'server-error' }),
          makeOutcome(2, { state: 'failed', code: 550, reason: 'recipient-refused', serverLine: '550 no' }),
        ],
        { now: T0 + 5, dsn: Buffer.from('a report') },
      );
      const results = await readResults(database, 'storage_a', 0, 1e6);
      assert.deepEqual(
        results.map((r) => [
          r.seq,
          r.kind,
          r.sendKey,
          r.kind === 'recipient' ? r.recipient.state : 'raw' in r && r.raw,
        ]),
        [
          [1, 'recipient', mail.sendKey, 'accepted'],
          [2, 'recipient', mail.sendKey, 'deferred'],
          [3, 'recipient', mail.sendKey, 'failed'],
          [4, 'dsn', mail.sendKey, Buffer.from('a report').toString('base64')],
        ],
      );
      assert.ok(results[1]?.kind === 'recipient');
      assert.equal(results[1].recipient.nextTry, new Date(T0 + MINUTE).toISOString());
      const [again] = await claim({ now: T0 + MINUTE });
      assert.deepEqual(
        again?.recipients.map((r) => [r.address, r.attempts]),
        [['b@x.test', 1]],
      );
      assert.ok(again);
      await settleDelivery(database, again, [makeOutcome(1)], { now: T0 + MINUTE, dsn: null });
      assert.equal((await readHeaders(database, mail.id, 100)).length, 0);
      assert.equal(await findNextDue(database, []), null);
      assert.equal(await sweepFinished(database, T0 + MINUTE), 0);
      assert.equal(await sweepFinished(database, T0 + 2 * MINUTE), 1);
      assert.deepEqual((await insertMails(database, [mail]))[0], { id: mail.id, added: true });
    });

    test('with a lost lease only an acceptance is noted', async () => {
      await insertMails(database, [makeMail({}, ['a@x.test', 'b@x.test'])]);
      const lost = await claimOne();
      const [now] = await claim({ now: T0 + MINUTE, owner: 'relay_b', leaseEnds: T0 + 2 * MINUTE });
      assert.ok(now);
      const outcomes = [makeOutcome(0), makeOutcome(1, { state: 'failed', code: 550 })];
      await settleDelivery(database, lost, outcomes, { now: T0, dsn: Buffer.from('x') });
      const results = await readResults(database, 'storage_a', 0, 1e6);
      assert.deepEqual(
        results.map((r) => r.kind === 'recipient' && [r.recipient.address, r.recipient.state]),
        [['a@x.test', 'accepted']],
      );
      await settleDelivery(database, now, [makeOutcome(0), makeOutcome(1)], { now: T0, dsn: null });
      assert.equal((await readResults(database, 'storage_a', 1, 1e6)).length, 1, 'a is not decided twice');
    });

    test('a lease is renewed, or given back', async () => {
      await insertMails(database, [makeMail(), makeMail()]);
      const [first, second] = await claim();
      assert.ok(first && second);
      await renewLeases(database, [{ mail: first.mail.id, lease: first.lease }], T0 + 5 * MINUTE);
      assert.equal(await findNextDue(database, []), T0 + MINUTE);
      assert.equal(await releaseLeases(database, { owner: 'relay_b' }, T0), 0);
      assert.equal(await releaseLeases(database, { owner: 'relay_a', lease: second.lease }, T0), 1);
      assert.equal(await findNextDue(database, []), T0);
      assert.equal(await releaseLeases(database, { owner: 'relay_a' }, T0), 1);
      assert.equal((await claim()).length, 2);
    });
  });
}
