import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { DAY, SECOND } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { migrations } from '../../../smtp-relay/migrations/migrations.ts';
import { chooseCertain } from '../../../smtp-relay/suppression/choose-certain.ts';
import { chooseEnd } from '../../../smtp-relay/suppression/choose-end.ts';
import { refuseSuppressed } from '../../../smtp-relay/suppression/refuse-suppressed.ts';
import { MOST_OF_A_USER } from '../../../smtp-relay/suppression/suppression-store.ts';
import {
  makeSuppressions,
  type DecidedRecipient,
  type Suppressions,
} from '../../../smtp-relay/suppression/suppressions.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { T0, makeMail } from '../../harness/queued-mails.ts';

const UNKNOWN = {
  state: 'failed',
  reason: 'recipient-refused/unknown-user',
  serverLine: '550 5.1.1 no',
  code: 550,
  enhanced: '5.1.1',
};
const TAKEN = { state: 'accepted', reason: null, serverLine: '250 ok', code: 250, enhanced: '2.0.0' };

for (const engine of ENGINES) {
  describe(`suppressions on ${engine}`, { skip: missingEngine(engine) }, () => {
    let started: TestEngine;
    let database: Database;
    let user = 'ana0';
    let now = T0;
    const clock = { now: () => now };
    let suppressions: Suppressions;
    const note = async (address: string, change: Partial<DecidedRecipient> = {}): Promise<void> =>
      await suppressions.note(user, [{ address, ...UNKNOWN, ...change }]);
    const listAddresses = async (of = user): Promise<string[]> =>
      (await suppressions.list(of, 100)).map(({ address }) => address);

    before(async () => {
      started = await startEngine(engine);
      database = await started.open(migrations);
    });
    beforeEach(() => {
      user = `${user.slice(0, 3)}${Number(user.slice(3)) + 1}`;
      suppressions = makeSuppressions({ database, clock, log: silentLogger });
    });
    after(async () => {
      await database?.close();
      await started.stop();
    });

    test('remembers what failed for good, for that user only, until it is taken off', async () => {
      await note('Gone@X.test');
      assert.deepEqual(await suppressions.list(user, 100), [
        {
          address: 'Gone@x.test',
          reason: 'recipient-refused/unknown-user',
          serverLine: '550 5.1.1 no',
          code: 550,
          enhanced: '5.1.1',
          since: new Date(now).toISOString(),
          until: new Date(now + 7 * DAY).toISOString(),
          times: 1,
        },
      ]);
      assert.deepEqual(await listAddresses('eva'), []);
      const found = await suppressions.listSuppressed(user, ['Gone@x.TEST', 'other@x.test']);
      assert.deepEqual([...found.keys()], ['Gone@x.TEST']);
      assert.equal((await suppressions.listSuppressed('eva', ['Gone@x.test'])).size, 0);
      assert.equal(await suppressions.remove('eva', ['Gone@x.test']), 0);
      assert.equal(await suppressions.remove(user, ['Gone@X.TEST', 'none@x.test']), 1);
      assert.equal((await suppressions.listSuppressed(user, ['Gone@x.test'])).size, 0);
    });

    test('remembers nothing else: not what passes, not a full mailbox, not what it refused itself', async () => {
      await note('a@x.test', { state: 'deferred' });
      await note('b@x.test', { reason: 'recipient-refused/mailbox-full' });
      await note('c@x.test', { reason: 'recipient-refused/suppressed' });
      await note('d@x.test', { reason: null });
      assert.deepEqual(await listAddresses(), []);
    });

    test('ends by itself, lasts longer each time, and counts mails that were on their way together once', async () => {
      await note('gone@x.test');
      now += SECOND;
      await note('gone@x.test');
      assert.equal((await suppressions.list(user, 1))[0]?.times, 1);
      now += 7 * DAY;
      assert.deepEqual(await listAddresses(), []);
      assert.equal((await suppressions.listSuppressed(user, ['gone@x.test'])).size, 0);
      await note('gone@x.test');
      const [again] = await suppressions.list(user, 1);
      assert.equal(again?.times, 2);
      assert.equal(again?.until, new Date(now + 14 * DAY).toISOString());
    });

    test('an acceptance clears it, also the memory of what has ended', async () => {
      await note('back@x.test');
      now += 8 * DAY;
      await note('back@x.test', TAKEN);
      await note('back@x.test');
      assert.equal((await suppressions.list(user, 1))[0]?.times, 1);
    });

    test('what another relay learned or took back is known here within seconds', async () => {
      const other = makeSuppressions({ database, clock, log: silentLogger });
      assert.equal((await other.listSuppressed(user, ['gone@x.test'])).size, 0);
      await note('gone@x.test');
      now += 6 * SECOND;
      assert.equal((await other.listSuppressed(user, ['gone@x.test'])).size, 1);
      await suppressions.remove(user, ['gone@x.test']);
      now += 6 * SECOND;
      assert.equal((await other.listSuppressed(user, ['gone@x.test'])).size, 0);
    });

    test('refuses recipients of a new mail without asking a host; those tried before and mails from before go on', async () => {
      const mail = { ...makeMail(), user: user, queuedAt: now, size: 1 };
      const recipients = ['gone@x.test', 'ok@x.test', 'gone@x.test'].map((address, number) => ({
        number,
        address,
        attempts: number === 2 ? 1 : 0,
        notify: null,
        original: null,
      }));
      const delivery = { mail, destination: 'mx:x.test', recipients, lease: 'l' };
      const context = { suppressions, log: silentLogger };
      now += SECOND;
      await note('gone@x.test');
      assert.equal((await refuseSuppressed(context, delivery)).size, 0, 'it was queued before');
      const later = { ...delivery, mail: { ...mail, queuedAt: now + 1 } };
      const refused = await refuseSuppressed(context, later);
      assert.deepEqual([...refused.keys()], [0]);
      assert.equal(refused.get(0)?.reason, 'recipient-refused/suppressed');
      assert.equal(refused.get(0)?.serverLine, '550 5.1.1 no');
      const broken = { listSuppressed: async () => await Promise.reject(new Error('no database')) };
      assert.equal((await refuseSuppressed({ ...context, suppressions: broken }, later)).size, 0);
    });

    test('keeps the latest of very many', async () => {
      const digits = Array.from({ length: 10 }, (_item, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ');
      await database.write(async (tx) => {
        await tx.run(
          `INSERT INTO suppression (user, address, reason, failed_at, ends_at, times)
           SELECT ?, ${engine === 'mysql' ? "CONCAT('a', a.d, b.d, c.d, e.d)" : "'a' || a.d || b.d || c.d || e.d"}, 'x', ?, ?, 1
           FROM (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) e LIMIT ${MOST_OF_A_USER}`,
          [user, now, now + DAY],
        );
      });
      now += SECOND;
      await note('last@x.test');
      assert.ok((await listAddresses()).includes('last@x.test'));
      const row = await database.read.get<{ n: number }>(
        'SELECT COUNT(*) AS n FROM suppression WHERE user = ?',
        [user],
      );
      assert.ok((row?.n ?? 0) <= MOST_OF_A_USER);
    });
  });
}

test('a suppression doubles up to half a year', () => {
  const ends = (times: number): number => chooseEnd({ failedAt: 0, times }, 10 * DAY).endsAt / DAY - 10;
  assert.deepEqual([0, 1, 2, 3, 4, 5, 40].map(ends), [7, 14, 28, 56, 112, 180, 180]);
  assert.deepEqual(chooseEnd(null, 5), { times: 1, failedAt: 5, endsAt: 5 + 7 * DAY });
});

test('an answer that several recipients share says something of the one that it names only', () => {
  const one = (address: string, serverLine: string | null, state = 'failed') => ({
    address,
    serverLine,
    state,
  });
  const certain = (...decided: ReturnType<typeof one>[]): string[] =>
    chooseCertain(decided).map(({ address }) => address);
  const shared = "554 delivery error: dd This user doesn't have a y.test account (B@y.test)";
  assert.deepEqual(certain(one('a@y.test', shared), one('b@y.test', shared)), ['b@y.test']);
  assert.deepEqual(certain(one('a@y.test', '550 no'), one('b@y.test', '550 none')), ['a@y.test', 'b@y.test']);
  assert.deepEqual(certain(one('a@y.test', '550 no'), one('b@y.test', '550 no')), []);
  assert.deepEqual(
    certain(one('a@y.test', '250 ok', 'accepted'), one('b@y.test', '250 ok', 'accepted')).length,
    2,
  );
});
