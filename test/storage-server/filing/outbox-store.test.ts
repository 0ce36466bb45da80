import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { RecipientStatus } from '../../../common/shapes/status.ts';
import { DAY } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { isAboutRecipient, takeOutboxResult } from '../../../storage-server/filing/outbox/outbox-results.ts';
import {
  beginTry,
  claimAnswer,
  insertOutbox,
  listDue,
  markTaken,
  type NewOutboxRow,
  putOff,
  readNextDue,
  tidyOutbox,
} from '../../../storage-server/filing/outbox/outbox-store.ts';
import {
  forgetOldProblems,
  forgetProblems,
  listProblems,
  saveProblems,
} from '../../../storage-server/filing/problem-store.ts';
import { makeRecipient } from '../../../storage-server/sending/status/recipient-store.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const ANSWER = {
  to: 'bob@far.test',
  from: 'ana@own.test',
  fromName: null,
  subject: 'Auto: Hi',
  text: 'Away',
  mime: false,
  handle: 'h',
  seconds: 3,
  inReplyTo: null,
  references: [],
};

for (const engine of ENGINES) {
  describe(`the outbox on ${engine}`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let db: Database;
    before(async () => {
      database = await startEngine(engine);
      db = await database.open(migrations);
    });
    after(async () => {
      await db?.close();
      await database?.stop();
    });
    const core = { clock: { now: () => NOW }, random: (size: number) => randomBytes(size) };
    const add = async (sendKey: string, change: Partial<NewOutboxRow> = {}, user = sendKey) => {
      const row: NewOutboxRow = {
        user,
        sendKey,
        kind: 'forward',
        form: 'original',
        mail: 'mail_1',
        account: 'acc_1',
        mailFrom: 'ana@own.test',
        recipient: 'carl@far.test',
        answer: null,
        ...change,
      };
      await db.write(async (tx) => await insertOutbox(tx, row, NOW));
      return row;
    };
    const dueOf = async (user: string, at = NOW) =>
      (await listDue(db.read, at, 1000)).filter((row) => row.user === user);
    const result = async (
      user: string,
      sendKey: string,
      state: RecipientStatus['state'],
      enhanced = '5.7.1',
    ) => {
      const recipient = { ...makeRecipient('carl@far.test'), state, enhanced };
      await db.write(async (tx) => await takeOutboxResult(tx, core, user, { sendKey, recipient }));
    };

    test('keeps what is to be sent until its result, and where a try may have reached', async () => {
      const row = await add('fwd_kept', { answer: ANSWER });
      const [due] = await dueOf('fwd_kept');
      assert.deepEqual(due, { ...row, state: 'waiting', relay: null, attempts: 0, createdAt: NOW });
      assert.equal(await db.write(async (tx) => await beginTry(tx, row, 'relay_1', NOW)), true);
      await db.write(async (tx) => await putOff(tx, row, true, NOW + 5));
      assert.deepEqual(await dueOf('fwd_kept'), []);
      assert.equal(await readNextDue(db.read), NOW + 5);
      const [again] = await dueOf('fwd_kept', NOW + 5);
      assert.deepEqual([again?.state, again?.relay, again?.attempts], ['trying', 'relay_1', 1]);
      await db.write(async (tx) => await markTaken(tx, row));
      assert.deepEqual(await dueOf('fwd_kept', NOW + DAY), []);
      await result('fwd_kept', 'fwd_kept', 'deferred');
      await result('fwd_kept', 'fwd_kept', 'accepted');
      assert.equal(await db.write(async (tx) => await beginTry(tx, row, 'relay_1', NOW)), false);
    });

    test('a refused forward goes once more inside a mail of the user’s; then he is told', async () => {
      await add('fwd_refused');
      await result('fwd_refused', 'fwd_refused', 'failed');
      const [own] = await dueOf('fwd_refused');
      assert.deepEqual([own?.form, own?.mailFrom], ['own', 'ana@own.test']);
      assert.match(own?.sendKey ?? '', /^aut_/);
      assert.deepEqual(await listProblems(db.read, 'fwd_refused'), []);
      await result('fwd_refused', own!.sendKey, 'failed');
      assert.deepEqual(await dueOf('fwd_refused'), []);
      assert.deepEqual(
        (await listProblems(db.read, 'fwd_refused')).map(({ reason, detail }) => [reason, detail]),
        [['rule-forward-refused', 'carl@far.test']],
      );
    });

    test('a refused answer gets an envelope sender, for those who take no null sender', async () => {
      await add('aut_refused', { kind: 'answer', mailFrom: '', answer: ANSWER });
      await result('aut_refused', 'aut_refused', 'failed');
      const [own] = await dueOf('aut_refused');
      assert.deepEqual([own?.form, own?.mailFrom, own?.answer], ['own', 'ana@own.test', ANSWER]);
    });

    test('where nobody of that address is there, nothing is sent again: of a forward the user is told, of an answer not', async () => {
      await add('fwd_nobody');
      await add('aut_nobody', { kind: 'answer', mailFrom: '', answer: ANSWER }, 'fwd_nobody');
      await result('fwd_nobody', 'fwd_nobody', 'failed', '5.1.1');
      await result('fwd_nobody', 'aut_nobody', 'failed', '5.1.1');
      assert.deepEqual(await dueOf('fwd_nobody'), []);
      const told = await listProblems(db.read, 'fwd_nobody');
      assert.deepEqual(
        told.map(({ reason }) => reason),
        ['rule-forward-refused'],
      );
    });

    test('what is nobody’s, or another’s, changes nothing', async () => {
      await add('fwd_ana', {}, 'ana');
      await result('eve', 'fwd_ana', 'accepted');
      await result('ana', 'fwd_other', 'failed');
      assert.equal((await dueOf('ana')).length, 1);
    });

    test('a notice goes to a sender once in its time, and each notice and sender has its own', async () => {
      const claim = async (handle: string, recipient: string, now: number): Promise<boolean> =>
        await db.write(
          async (tx) => await claimAnswer(tx, 'ana', { handle, recipient, now, until: now + 100 }),
        );
      assert.equal(await claim('h', 'bob', NOW), true);
      assert.equal(await claim('h', 'bob', NOW + 99), false);
      assert.equal(await claim('h', 'eva', NOW + 99), true);
      assert.equal(await claim('i', 'bob', NOW + 99), true);
      assert.equal(await claim('h', 'bob', NOW + 100), true);
      await tidyOutbox(db, NOW + 201, DAY);
      assert.equal(await claim('h', 'bob', NOW + 101), true);
    });

    test('problems are counted, and forgotten with time or when they were read', async () => {
      const gone = { rule: null, reason: 'rule-mailbox-gone' as const, detail: 'Ärger/'.repeat(50) };
      const failed = { rule: 'rul_1', reason: 'rule-failed' as const, detail: 'too-many-steps' };
      const save = async (at: number, mail: string) =>
        await db.write(async (tx) => await saveProblems(tx, 'ana', [gone, failed], { mail, at }));
      await save(NOW, 'mail_1');
      await save(NOW + 1, 'mail_2');
      const counted = { count: 2, at: NOW + 1, mail: 'mail_2' };
      const known = (await listProblems(db.read, 'ana')).toSorted((a, b) => a.reason.localeCompare(b.reason));
      assert.deepEqual(known, [
        { ...failed, ...counted },
        { ...gone, ...counted },
      ]);
      await db.write(async (tx) => await forgetOldProblems(tx, NOW + 1));
      assert.equal((await listProblems(db.read, 'ana')).length, 2);
      await db.write(async (tx) => await forgetProblems(tx, 'eve'));
      await db.write(async (tx) => await forgetOldProblems(tx, NOW + 2));
      assert.deepEqual(await listProblems(db.read, 'ana'), []);
    });
  });
}

describe('refusals that are about the recipient', () => {
  const cases: [string | null, string | null, boolean][] = [
    ['5.1.1', null, true],
    ['5.2.2', 'server-error', true],
    ['5.1.7', null, false],
    ['5.1.8', null, false],
    ['5.7.1', null, false],
    ['5.7.26', 'server-error', false],
    [null, 'recipient-refused/no-such-domain', true],
    [null, 'server-error', false],
    ['5.0.0', 'recipient-refused/unknown-user', true],
    ['5.7.1', 'recipient-refused/spam', false],
    ['5.0.0', 'recipient-refused/mail', false],
    [null, null, false],
  ];
  for (const [enhanced, reason, wanted] of cases) {
    test(`${enhanced} ${reason}`, () => assert.equal(isAboutRecipient({ enhanced, reason }), wanted));
  }
});
