import assert from 'node:assert/strict';
import { after, afterEach, before, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { SNOOZE_LIMIT } from '../../../common/shapes/snooze.ts';
import type { StoreEvent } from '../../../common/shapes/event.ts';
import { HOUR, MINUTE } from '../../../common/time.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { makeSelections, type Selections } from '../../../storage-server/mail/selection/selections.ts';
import { saveSnoozes } from '../../../storage-server/snooze/snooze-store.ts';
import { type StartedSnoozes, startSnoozes } from '../../../storage-server/snooze/start-snoozes.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  EVE,
  type PostOffice,
  listRole,
  openPostOffice,
  receive,
  waitFor,
} from '../sending/post-office.ts';

const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`snoozed mail on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    let started: StartedSnoozes;
    let selections: Selections;
    const told: (string | null)[] = [];
    const start = (): void => {
      const core = { ...office.core, ids: makeMailIds(Buffer.alloc(32, 7)) };
      const search = { findNumbers: async () => [] };
      selections = makeSelections({ ...core, search });
      started = startSnoozes({ ...core, selections });
    };
    before(async () => {
      office = await openPostOffice(engine);
      office.core.events.subscribe(ANA, (event: StoreEvent) => {
        if (event.type === 'snooze') told.push(event.mail);
      });
      start();
    });
    after(async () => {
      await started.stop();
      await office.stop();
    });
    afterEach(async () => {
      const ids = (await started.snoozes.list(ANA)).map(({ mail }) => mail.id);
      if (ids.length > 0) await started.snoozes.end(ANA, ids);
      const inbox = (await listRole(office, 'inbox')).map(({ id }) => id);
      if (inbox.length > 0) await office.core.mails.move(ANA, inbox, 'trash');
      told.length = 0;
    });
    let count = 0;
    const arrive = async (fields = ''): Promise<string> => {
      count += 1;
      return await receive(
        office,
        `Message-ID: <s${count}@y.test>\nFrom: bob@y.test\nSubject: s${count}\n${fields}\nhi\n`,
      );
    };
    const inAnHour = (): string => new Date(office.clock.now() + HOUR).toISOString();
    const snooze = async (id: string, at = inAnHour()) => await started.snoozes.set(ANA, { ids: [id] }, at);
    /** The hour passes while the server is off. */
    const passHour = async (): Promise<void> => {
      await started.stop();
      office.clock.at += HOUR + 1;
      start();
    };
    const placeOf = async (id: string) => (await office.core.mails.readRows(ANA, [id]))[0]!;
    const listed = async () => (await started.snoozes.list(ANA)).map(({ mail, state }) => [mail.id, state]);

    test('it leaves the inbox, and comes back unread although the server was off meanwhile', async () => {
      const id = await arrive();
      await office.core.mails.flag(ANA, [id], ['seen'], []);
      const at = inAnHour();
      const [made] = await snooze(id, at);
      assert.deepEqual(
        [made?.mail.id, made?.mail.role, made?.at, made?.state],
        [id, 'archive', at, 'waiting'],
      );
      assert.deepEqual(await listRole(office, 'inbox'), []);
      assert.equal(told.length, 1);
      await passHour();
      await waitFor(async () => told.includes(id));
      const row = await placeOf(id);
      assert.deepEqual([row.role, row.flags], ['inbox', []]);
      assert.deepEqual(await listed(), [[id, 'back']]);
      const [inbox] = (await office.core.mailboxes.list(ANA)).filter(({ role }) => role === 'inbox');
      assert.deepEqual([inbox?.total, inbox?.unread], [1, 1]);
    });

    test('ended before its time it is where it was, read as it was; then there is nothing to end', async () => {
      const id = await arrive();
      await office.core.mails.flag(ANA, [id], ['seen'], []);
      await office.core.mails.move(ANA, [id], 'mbx_own');
      await snooze(id);
      assert.equal(await started.snoozes.end(ANA, [id]), 1);
      const row = await placeOf(id);
      assert.deepEqual([row.mailbox, row.flags], ['mbx_own', ['seen']]);
      await assert.rejects(started.snoozes.end(ANA, [id]), refused('not-found', 'snooze'));
      await passHour();
      assert.equal((await placeOf(id)).mailbox, 'mbx_own');
    });

    test('put off again it has the new time, and still goes home to where it was first', async () => {
      const id = await arrive();
      await snooze(id);
      office.clock.at += MINUTE;
      const later = new Date(office.clock.now() + 3 * HOUR).toISOString();
      await snooze(id, later);
      assert.deepEqual(
        (await started.snoozes.list(ANA)).map(({ at }) => at),
        [later],
      );
      await passHour();
      assert.deepEqual(await listed(), [[id, 'waiting']]);
      await started.snoozes.end(ANA, [id]);
      assert.equal((await placeOf(id)).role, 'inbox');
    });

    test('one that the person moved meanwhile stays where it was put, even if that is Archive again', async () => {
      const [first, second] = [await arrive(), await arrive()];
      await snooze(first);
      await snooze(second);
      office.clock.at += 1;
      await office.core.mails.move(ANA, [first, second], 'inbox');
      office.clock.at += 1;
      await office.core.mails.move(ANA, [second], 'archive');
      assert.deepEqual(await listed(), []);
      told.length = 0;
      await passHour();
      await waitFor(async () => told.length >= 2);
      assert.deepEqual(told, [null, null]);
      assert.deepEqual([(await placeOf(first)).role, (await placeOf(second)).role], ['inbox', 'archive']);
    });

    test('moved, and that undone, it waits as before, also where it was forgotten meanwhile', async () => {
      const [id, other] = [await arrive(), await arrive()];
      const at = inAnHour();
      await snooze(id, at);
      office.clock.at += 1;
      const { operation } = await selections.change(ANA, { ids: [id] }, { mailbox: 'mbx_trash' });
      assert.deepEqual(await listed(), []);
      await snooze(other, inAnHour());
      told.length = 0;
      office.clock.at += 1;
      assert.deepEqual(await selections.undo(ANA, operation ?? ''), { changed: 1, skipped: 0 });
      assert.equal(told.join(), '', 'the lists are read again, and nothing is told');
      assert.equal(told.length, 1);
      assert.deepEqual(await listed(), [
        [id, 'waiting'],
        [other, 'waiting'],
      ]);
      await passHour();
      await waitFor(async () => told.includes(id) && told.includes(other));
      assert.equal((await placeOf(id)).role, 'inbox');
    });

    test('what was put off no more before it was moved is not when that is undone', async () => {
      const id = await arrive();
      await snooze(id);
      office.clock.at += 1;
      await office.core.mails.move(ANA, [id], 'inbox');
      office.clock.at += 1;
      await office.core.mails.move(ANA, [id], 'archive');
      const { operation } = await selections.change(ANA, { ids: [id] }, { mailbox: 'mbx_trash' });
      await selections.undo(ANA, operation ?? '');
      assert.equal((await placeOf(id)).role, 'archive');
      assert.deepEqual(await listed(), []);
    });

    test('put off anew since, it has the new time when the move before is undone', async () => {
      const id = await arrive();
      await snooze(id);
      office.clock.at += 1;
      const { operation } = await selections.change(ANA, { ids: [id] }, { mailbox: 'mbx_inbox' });
      office.clock.at += 1;
      const later = new Date(office.clock.now() + 3 * HOUR).toISOString();
      await snooze(id, later);
      assert.deepEqual(await selections.undo(ANA, operation ?? ''), { changed: 0, skipped: 1 });
      assert.deepEqual(
        (await started.snoozes.list(ANA)).map(({ at }) => at),
        [later],
      );
    });

    test('out of Archive it comes to the inbox; what came back is told until it is moved', async () => {
      const id = await arrive();
      await office.core.mails.move(ANA, [id], 'archive');
      await snooze(id);
      await passHour();
      await waitFor(async () => told.includes(id));
      assert.deepEqual(await listed(), [[id, 'back']]);
      office.clock.at += 1;
      await office.core.mails.move(ANA, [id], 'archive');
      assert.deepEqual(await listed(), []);
    });

    test('a whole conversation goes and comes back together', async () => {
      const first = await arrive();
      const second = await arrive(`In-Reply-To: <s${count}@y.test>\n`);
      const { threadId, mailbox } = await placeOf(first);
      const where = { thread: threadId, mailbox };
      const made = await started.snoozes.set(ANA, { where, except: [], upTo: null }, inAnHour());
      assert.deepEqual(made.map(({ mail }) => mail.id).sort(), [first, second].sort());
      await passHour();
      await waitFor(async () => (await listRole(office, 'inbox')).length === 2);
    });

    test('drafts, sent mail, Junk and Trash are refused, and so are times that are over and mails of others', async () => {
      const id = await arrive();
      for (const role of ['sent', 'junk', 'trash']) {
        await office.core.mails.move(ANA, [id], role);
        await assert.rejects(snooze(id), refused('forbidden', 'snooze-role'), role);
      }
      await assert.rejects(
        snooze(id, new Date(office.clock.now() - 2 * MINUTE).toISOString()),
        refused('invalid', 'time-past'),
      );
      await assert.rejects(
        started.snoozes.set(EVE, { ids: [id] }, inAnHour()),
        (error: unknown) => error instanceof MailError && error.code === 'not-found',
      );
      assert.deepEqual(await started.snoozes.list(EVE), []);
    });

    test('mails that were moved or are gone use up nothing of what may be put off', async () => {
      const [moved, id] = [await arrive(), await arrive()];
      await snooze(moved);
      office.clock.at += 1;
      await office.core.mails.move(ANA, [moved], 'trash');
      const gone = { user: ANA, at: office.clock.now() + HOUR, state: 'waiting', home: 'mbx_own' } as const;
      const rows = Array.from({ length: SNOOZE_LIMIT - 1 }, (_, n) => {
        return { ...gone, mail: 1_000_000 + n, mailbox: 'mbx_own', movedAt: 0 };
      });
      await office.core.db.write(async (tx) => await saveSnoozes(tx, rows));
      await snooze(id);
      assert.deepEqual(await listed(), [[id, 'waiting']]);
      const left = await office.core.db.read.all('SELECT mail FROM snooze WHERE user_id = ?', [ANA]);
      assert.equal(left.length, 1);
    });

    test('what cannot be brought back keeps back no other, and what has its home elsewhere is forgotten', async () => {
      const id = await arrive();
      await snooze(id);
      const findMailbox = office.core.home.findMailbox.bind(office.core.home);
      office.core.home.findMailbox = async (user, name) => {
        if (user === 'user_down') throw new MailError('unavailable', 'down', { reason: 'closing' });
        if (user === 'user_moved') throw new MailError('not-found', 'moved', { reason: 'not-at-home' });
        return await findMailbox(user, name);
      };
      const earlier = (user: string, mail: number) => {
        const at = office.clock.now() + MINUTE;
        return { user, mail, at, state: 'waiting', home: 'mbx_own', mailbox: 'mbx_own', movedAt: 0 } as const;
      };
      // One more than are looked at together.
      const down = Array.from({ length: 101 }, (_, n) => earlier('user_down', n + 1));
      const rows = [...down, earlier('user_moved', 1)];
      await office.core.db.write(async (tx) => await saveSnoozes(tx, rows));
      await passHour();
      await waitFor(async () => told.includes(id));
      const left = await office.core.db.read.all<{ user: string; n: number }>(
        "SELECT user_id AS user, COUNT(*) AS n FROM snooze WHERE user_id LIKE 'user_%' AND state = 'waiting' GROUP BY user_id",
      );
      assert.deepEqual(left, [{ user: 'user_down', n: 101 }]);
      office.core.home.findMailbox = findMailbox;
      await office.core.db.write(
        async (tx) => await tx.run("DELETE FROM snooze WHERE user_id = 'user_down'"),
      );
    });

    test('due ones are found by the index, however many wait', async () => {
      const plan = await office.core.db.read.all<Record<string, unknown>>(
        `EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}SELECT mail FROM snooze WHERE state = 'waiting' AND at <= 1 ORDER BY at LIMIT 100`,
      );
      assert.match(JSON.stringify(plan), /snooze_due/);
    });
  });
}
