import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { MailError } from '../../../common/errors.ts';
import { MINUTE } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { claimDeliveries } from '../../../smtp-relay/queue/claim-store.ts';
import { applyStops } from '../../../smtp-relay/queue/control/stop/apply-stops.ts';
import { changeRecipients } from '../../../smtp-relay/queue/control/change-recipients.ts';
import { listStopped } from '../../../smtp-relay/queue/control/control-store.ts';
import type { ControlAction } from '../../../smtp-relay/queue/control/decide.ts';
import { readRecipientId } from '../../../smtp-relay/queue/control/recipient-id.ts';
import { showMail } from '../../../smtp-relay/queue/control/show/show-mail.ts';
import { listWaiting } from '../../../smtp-relay/queue/list-store.ts';
import type { Delivery, NewMail } from '../../../smtp-relay/queue/queued-mail.ts';
import { NOTHING_PAUSED } from '../../../smtp-relay/queue/schedule/paused.ts';
import { sweepFinished } from '../../../smtp-relay/queue/settle-store.ts';
import { readResults } from '../../../smtp-relay/result/result-store.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { T0, insertMails, makeMail, makeOutcome, settleDelivery } from '../../harness/queued-mails.ts';

const OWNER = { user: 'user_a', admin: false };
const ADMIN = { user: 'user_admin', admin: true };
const STRANGER = { user: 'user_b', admin: false };

for (const engine of ENGINES) {
  describe(`control on ${engine}`, { skip: missingEngine(engine) }, () => {
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
      await started?.stop();
    });

    const add = async (to?: string[]): Promise<NewMail> => {
      const mail = makeMail({}, to);
      await insertMails(database, [mail]);
      return mail;
    };
    const act = async (action: ControlAction, ids: string[], caller = OWNER, now = T0) =>
      await changeRecipients(database, { action, ids: ids.map(readRecipientId), caller, now });
    const claim = async (now = T0): Promise<Delivery[]> =>
      await claimDeliveries(database, {
        now,
        leaseEnds: now + MINUTE,
        owner: 'relay_a',
        makeLease: () => `lease_${(leases += 1)}`,
        max: 20,
        roomFor: () => 4,
        full: [],
      });
    const applyAll = async (now: number) => await applyStops(database, await listStopped(database.read), now);
    const claimOne = async (now = T0): Promise<Delivery> => {
      const [delivery] = await claim(now);
      assert.ok(delivery);
      return delivery;
    };
    const show = async (mail: NewMail, caller = OWNER) =>
      await showMail(database, mail.id, { caller, paused: NOTHING_PAUSED, now: T0 });
    const states = async (mail: NewMail) => (await show(mail)).recipients.map(({ state }) => state);
    const results = async () =>
      (await readResults(database, 'storage_a', 0, 1 << 20)).flatMap((result) =>
        result.kind === 'recipient' ? [[result.recipient.address, result.recipient.state]] : [],
      );
    const countChunks = async () =>
      (await database.read.get<{ n: number }>('SELECT COUNT(*) AS n FROM mail_chunk'))?.n;

    test('what an administrator holds goes on when one says so; its owner may still cancel it', async () => {
      const mail = await add(['b@x.test', 'c@x.test']);
      const refused = { code: 'forbidden', reason: 'held-by-admin' };
      const [trying] = await claim();
      assert.ok(trying);
      // Asked for while it is tried, and then carried out.
      await act('hold', [mail.id], ADMIN);
      await assert.rejects(act('release', [mail.id]), refused);
      await applyAll(T0 + MINUTE);
      assert.deepEqual(await states(mail), ['held', 'held']);
      await assert.rejects(act('release', [`${mail.id}-1`]), refused);
      assert.deepEqual(await act('cancel', [`${mail.id}-1`]), { changed: 1, trying: 0 });
      assert.deepEqual(await act('release', [mail.id], ADMIN), { changed: 1, trying: 0 });
      await act('hold', [mail.id], OWNER, T0 + 2 * MINUTE);
      assert.deepEqual(await act('release', [mail.id]), { changed: 1, trying: 0 });
    });

    test('one recipient is held and nobody claims it; released, it is due at once', async () => {
      const mail = await add(['b@x.test', 'c@x.test']);
      assert.deepEqual(await act('hold', [`${mail.id}-1`]), { changed: 1, trying: 0 });
      assert.deepEqual(await states(mail), ['queued', 'held']);
      const listed = await listWaiting(database, { user: 'user_a', limit: 9, after: null });
      assert.deepEqual(
        listed.items.map((item) => [item.recipientId, item.state, item.nextTry === null]),
        [
          [`${mail.id}-0`, 'queued', false],
          [`${mail.id}-1`, 'held', true],
        ],
      );
      const delivery = await claimOne();
      assert.deepEqual(
        delivery.recipients.map((recipient) => recipient.number),
        [0],
      );
      await settleDelivery(database, delivery, [makeOutcome(0)], { now: T0, dsn: null });
      assert.equal(await countChunks(), 1, 'somebody still waits for the body');
      assert.deepEqual(await act('release', [mail.id], OWNER, T0 + 5), { changed: 1, trying: 0 });
      assert.equal((await claimOne(T0 + 5)).recipients[0]?.number, 1);
      assert.deepEqual(await results(), [
        ['c@x.test', 'held'],
        ['b@x.test', 'accepted'],
        ['c@x.test', 'queued'],
      ]);
    });

    test('shown is a mail, or the one recipient that is named', async () => {
      const mail = await add(['b@x.test', 'c@x.test']);
      const showId = async (id: string) =>
        await showMail(database, id, { caller: OWNER, paused: NOTHING_PAUSED, now: T0 });
      const shown = await showId(`${mail.id}-1`);
      assert.deepEqual([shown.id, shown.recipients.map(({ address }) => address)], [mail.id, ['c@x.test']]);
      const unknown = { code: 'not-found', reason: 'queued-mail', params: { id: `${mail.id}-2` } };
      await assert.rejects(showId(`${mail.id}-2`), unknown);
    });

    test('a cancelled mail is finished: its body goes, its home is told, nothing is tried', async () => {
      const mail = await add(['b@x.test', 'c@y.test']);
      assert.deepEqual(await act('cancel', [mail.id], ADMIN), { changed: 2, trying: 0 });
      assert.deepEqual(await claim(T0 + MINUTE), []);
      assert.equal(await countChunks(), 0);
      assert.deepEqual(await results(), [
        ['b@x.test', 'cancelled'],
        ['c@y.test', 'cancelled'],
      ]);
      const shown = await show(mail, ADMIN);
      assert.ok(shown.finishedAt);
      assert.deepEqual(
        shown.recipients.map(({ history }) => history.map(({ event, by }) => [event, by])),
        [[['cancelled', 'user_admin']], [['cancelled', 'user_admin']]],
      );
      assert.deepEqual(await act('retry', [mail.id]), { changed: 0, trying: 0 });
    });

    test('what is being tried finishes: a stop holds if it comes back deferred', async () => {
      const mail = await add(['b@x.test', 'c@x.test', 'd@x.test']);
      const delivery = await claimOne();
      assert.deepEqual(await act('cancel', [mail.id]), { changed: 0, trying: 3 });
      assert.deepEqual(await act('hold', [mail.id]), { changed: 0, trying: 0 }, 'does not take it back');
      assert.equal(await applyAll(T0 + 1), 0, 'still trying');
      assert.deepEqual(await results(), []);
      const outcomes = [
        makeOutcome(0),
        makeOutcome(1, { state: 'deferred', nextTry: T0 + MINUTE, serverLine: '450 later' }),
        makeOutcome(2, { state: 'failed' }),
      ];
      await settleDelivery(database, delivery, outcomes, { now: T0 + 2, dsn: null });
      assert.equal(await applyAll(T0 + 3), 1);
      assert.equal(await applyAll(T0 + 3), 0);
      assert.deepEqual(await states(mail), ['accepted', 'cancelled', 'failed']);
      assert.deepEqual((await results()).at(-1), ['c@x.test', 'cancelled']);
      assert.ok((await show(mail)).finishedAt);
      const rows = await database.read.all('SELECT * FROM recipient_stop');
      assert.deepEqual(rows, []);
    });

    test('a stop holds also when the relay that tried was killed, or gave the lease back', async () => {
      const mail = await add();
      await claimOne();
      await act('hold', [mail.id]);
      assert.deepEqual(await claim(T0 + MINUTE), [], 'nobody takes it over');
      assert.equal(await applyAll(T0 + MINUTE), 1);
      assert.deepEqual(await states(mail), ['held']);
    });

    test('nobody reaches the mail of somebody else, nor learns of it', async () => {
      const mail = await add();
      const unknown = (error: MailError): boolean =>
        error.code === 'not-found' && error.reason === 'queued-mail';
      for (const action of ['hold', 'release', 'retry', 'cancel'] as const) {
        await assert.rejects(act(action, [mail.id], STRANGER), unknown);
      }
      await assert.rejects(show(mail, STRANGER), unknown);
      await assert.rejects(act('cancel', [mail.id, 'queue_none'], ADMIN), unknown);
      assert.deepEqual(await states(mail), ['queued'], 'all or none');
      assert.deepEqual(await act('hold', [mail.id], ADMIN), { changed: 1, trying: 0 });
    });

    test('the history tells each try and who did what; it goes with the mail', async () => {
      const mail = await add();
      const tried = { state: 'deferred', code: 450, serverLine: '450 later', host: 'mx.x.test' } as const;
      for (const at of [T0, T0 + MINUTE]) {
        const delivery = await claimOne(at);
        const outcome = makeOutcome(0, { ...tried, nextTry: at + MINUTE });
        await settleDelivery(database, delivery, [outcome], { now: at + 1, dsn: null });
      }
      await act('hold', [mail.id], ADMIN, T0 + 2 * MINUTE);
      await act('release', [mail.id], ADMIN, T0 + 3 * MINUTE);
      await act('retry', [mail.id], OWNER, T0 + 4 * MINUTE);
      const [recipient] = (await show(mail)).recipients;
      assert.deepEqual(
        recipient?.history.map(({ event, by, code, at }) => [event, by, code, Date.parse(at) - T0]),
        [
          ['deferred', null, 450, 1],
          ['deferred', null, 450, MINUTE + 1],
          ['held', 'user_admin', null, 2 * MINUTE],
          ['released', 'user_admin', null, 3 * MINUTE],
          ['retried', 'user_a', null, 4 * MINUTE],
        ],
      );
      assert.deepEqual([recipient?.state, recipient?.attempts, recipient?.stop], ['deferred', 2, null]);
      await act('cancel', [mail.id], OWNER, T0 + 5 * MINUTE);
      assert.equal(await sweepFinished(database, T0 + 6 * MINUTE), 1);
      assert.deepEqual(await database.read.all('SELECT * FROM recipient_event'), []);
    });
  });
}
