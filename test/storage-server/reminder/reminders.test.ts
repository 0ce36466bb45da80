import assert from 'node:assert/strict';
import { after, afterEach, before, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { StoreEvent } from '../../../common/shapes/event.ts';
import { HOUR, MINUTE } from '../../../common/time.ts';
import { type StartedReminders, startReminders } from '../../../storage-server/reminder/start-reminders.ts';
import { makeMailIds } from '../../../storage-server/mail/mail-id.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { ANA, EVE, type PostOffice, openPostOffice, receive, waitFor } from '../sending/post-office.ts';

const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`reminders on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    let started: StartedReminders;
    const told: string[] = [];
    const start = (): void => {
      started = startReminders({ ...office.core, ids: makeMailIds(Buffer.alloc(32, 7)) });
    };
    before(async () => {
      office = await openPostOffice(engine);
      office.core.events.subscribe(ANA, (event: StoreEvent) => {
        if (event.type === 'reminder') told.push(event.mail);
      });
      start();
    });
    after(async () => {
      await started.stop();
      await office.stop();
    });
    afterEach(async () => {
      for (const { mail } of await started.reminders.list(ANA)) await started.reminders.remove(ANA, mail.id);
      told.length = 0;
    });
    let count = 0;
    const arrive = async (
      fields: string,
      subject = `s${count}`,
    ): Promise<{ id: string; messageId: string }> => {
      count += 1;
      const messageId = `<m${count}@y.test>`;
      const text = `Message-ID: ${messageId}\nSubject: ${subject}\nDate: ${new Date(office.clock.now()).toUTCString()}\n${fields}\n\nhi\n`;
      return { id: await receive(office, text), messageId };
    };
    const inAnHour = (): string => new Date(office.clock.now() + HOUR).toISOString();
    /** The hour passes while the server is off. */
    const passHour = async (): Promise<void> => {
      await started.stop();
      office.clock.at += HOUR + 1;
      start();
    };
    const stateOf = async (mail: string): Promise<string> =>
      (await started.reminders.list(ANA)).find((one) => one.mail.id === mail)?.state ?? 'gone';

    test('it waits, is due with an event although the server was off meanwhile, and stays until done', async () => {
      const { id } = await arrive('From: bob@y.test');
      const at = inAnHour();
      const reminder = await started.reminders.set(ANA, { mail: id, at, unlessAnswered: false });
      assert.deepEqual(
        [reminder.mail.id, reminder.at, reminder.unlessAnswered, reminder.state],
        [id, at, false, 'waiting'],
      );
      told.length = 0;
      await passHour();
      await waitFor(async () => told.length > 0);
      assert.deepEqual(told, [id]);
      assert.equal(await stateOf(id), 'due');
      await passHour();
      assert.equal(await stateOf(id), 'due');
      assert.deepEqual(told, [id], 'told once');
      await started.reminders.remove(ANA, id);
      assert.equal(await stateOf(id), 'gone');
      await assert.rejects(started.reminders.remove(ANA, id), refused('not-found', 'reminder'));
    });

    test('set again it has the new time; others see nothing of it and cannot set it', async () => {
      const { id } = await arrive('From: bob@y.test');
      await started.reminders.set(ANA, { mail: id, at: inAnHour(), unlessAnswered: true });
      office.clock.at += 1000;
      const at = inAnHour();
      await started.reminders.set(ANA, { mail: id, at, unlessAnswered: false });
      const found = await started.reminders.list(ANA);
      assert.deepEqual(
        found.map((one) => [one.at, one.unlessAnswered]),
        [[at, false]],
      );
      assert.deepEqual(await started.reminders.list(EVE), []);
      await assert.rejects(
        started.reminders.set(EVE, { mail: id, at, unlessAnswered: false }),
        (error: unknown) => error instanceof MailError && error.code === 'not-found',
      );
    });

    test('a time that has passed is refused; one that a slow clock takes for coming is due at once', async () => {
      const { id } = await arrive('From: bob@y.test');
      const setAt = async (ms: number) =>
        await started.reminders.set(ANA, { mail: id, at: new Date(ms).toISOString(), unlessAnswered: false });
      await assert.rejects(setAt(office.clock.now() - 2 * MINUTE), refused('invalid', 'time-past'));
      await setAt(office.clock.now() - MINUTE);
      await waitFor(async () => (await stateOf(id)) === 'due');
    });

    test('unless answered: only an answer of somebody else ends it', async () => {
      const answers: [string, string, boolean][] = [
        ['somebody', 'From: bob@y.test', true],
        ['the user himself', 'From: Ana <ana@home.test>', false],
        ['an absence notice', 'From: bob@y.test\nAuto-Submitted: auto-replied', false],
        ['an old absence notice', 'From: bob@y.test\nX-Autoreply: yes', false],
        ['a bounce', 'From: MAILER-DAEMON@y.test\nContent-Type: multipart/report; boundary=x', false],
      ];
      for (const [name, fields, ends] of answers) {
        const { id, messageId } = await arrive('From: ana@work.test\nTo: bob@y.test');
        await started.reminders.set(ANA, { mail: id, at: inAnHour(), unlessAnswered: true });
        assert.equal(await stateOf(id), 'waiting', name);
        await arrive(`${fields}\nIn-Reply-To: ${messageId}`);
        assert.equal(await stateOf(id), ends ? 'gone' : 'waiting', name);
      }
    });

    test('an answer that came before it was set, or when it is not asked for, ends nothing', async () => {
      const first = await arrive('From: ana@work.test');
      await arrive(`From: bob@y.test\nIn-Reply-To: ${first.messageId}`);
      await started.reminders.set(ANA, { mail: first.id, at: inAnHour(), unlessAnswered: true });
      const second = await arrive('From: ana@work.test');
      await started.reminders.set(ANA, { mail: second.id, at: inAnHour(), unlessAnswered: false });
      await arrive(`From: bob@y.test\nIn-Reply-To: ${second.messageId}`);
      told.length = 0;
      await passHour();
      await waitFor(async () => told.length === 2);
      assert.deepEqual([await stateOf(first.id), await stateOf(second.id)], ['due', 'due']);
    });

    test('answered while it waits: at its time it is gone, told as that', async () => {
      const { id, messageId } = await arrive('From: ana@work.test');
      await started.reminders.set(ANA, { mail: id, at: inAnHour(), unlessAnswered: true });
      await arrive(`From: bob@y.test\nReferences: ${messageId}`);
      told.length = 0;
      await passHour();
      await waitFor(async () => told.length > 0);
      assert.equal(await stateOf(id), 'gone');
    });

    test('a mail that was thrown away or is gone reminds of nothing', async () => {
      const { id } = await arrive('From: bob@y.test');
      await started.reminders.set(ANA, { mail: id, at: inAnHour(), unlessAnswered: false });
      await office.core.mails.move(ANA, [id], 'trash');
      assert.equal(await stateOf(id), 'gone');
      const other = await arrive('From: bob@y.test');
      await started.reminders.set(ANA, { mail: other.id, at: inAnHour(), unlessAnswered: false });
      await office.core.mails.move(ANA, [other.id], 'trash');
      await office.core.mails.remove(ANA, [other.id]);
      await passHour();
      assert.equal(await stateOf(other.id), 'gone');
    });

    test('out of Trash again before its time it reminds as if nothing had been', async () => {
      const { id } = await arrive('From: bob@y.test');
      await started.reminders.set(ANA, { mail: id, at: inAnHour(), unlessAnswered: false });
      await office.core.mails.move(ANA, [id], 'trash');
      assert.equal(await stateOf(id), 'gone');
      await office.core.mails.move(ANA, [id], 'inbox');
      assert.equal(await stateOf(id), 'waiting');
      await office.core.mails.move(ANA, [id], 'trash');
      await passHour();
      await waitFor(async () => told.includes(id));
      await office.core.mails.move(ANA, [id], 'inbox');
      assert.equal(await stateOf(id), 'gone');
    });

    test('due ones are found by the index, however many wait', async () => {
      const plan = await office.core.db.read.all<Record<string, unknown>>(
        `EXPLAIN ${engine === 'sqlite' ? 'QUERY PLAN ' : ''}SELECT mail FROM reminder WHERE state = 'waiting' AND at <= 1 ORDER BY at LIMIT 100`,
      );
      assert.match(JSON.stringify(plan), /reminder_due/);
    });
  });
}
