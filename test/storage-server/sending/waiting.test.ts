import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { DAY, HOUR } from '../../../common/time.ts';
import { formatMailDate } from '../../../common/mail-date.ts';
import { handOver } from '../../../storage-server/sending/relay/hand-over.ts';
import { findSendByMail } from '../../../storage-server/sending/send-store.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  EVE,
  type PostOffice,
  listRole,
  makeContent,
  openPostOffice,
  readRaw,
  settle,
} from './post-office.ts';

const now = { undo: 0, at: null, key: null };
const refused = (code: string, reason: string) => (error: unknown) =>
  error instanceof MailError && error.code === code && error.reason === reason;

for (const engine of ENGINES) {
  suite(`what waits to be sent on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());
    afterEach(async () => await settle(office));
    beforeEach(() => {
      office.smtp.mails.length = 0;
      office.relayUp = true;
    });
    const begin = async (change: Parameters<typeof makeContent>[0] = {}): Promise<string> =>
      (await office.outbound.drafts.save(ANA, { id: null, base: null, draft: makeContent(change) })).id;
    const later = (ms: number): string => new Date(office.clock.now() + ms).toISOString();
    const schedule = async (ms: number): Promise<string> => {
      const draft = await begin();
      await office.outbound.sending.send(ANA, { ...now, draft, at: later(ms) });
      return draft;
    };
    const dateOf = (raw: string): string | undefined => /^Date: (.*)\r$/m.exec(raw)?.[1];

    test('a time that is over is refused', async () => {
      const past = refused('invalid', 'time-past');
      const draft = await begin();
      const send = async (ms: number, key: string | null) =>
        await office.outbound.sending.send(ANA, { ...now, key, draft, at: later(ms) });
      await assert.rejects(send(-HOUR, null), past);
      const { id } = await send(HOUR, 'once');
      await assert.rejects(office.outbound.sending.changeTime(ANA, id, later(-HOUR)), past);
      assert.equal(
        (await send(-HOUR, 'once')).id,
        id,
        'asked again with its key it is the same, however late',
      );
      await office.outbound.sending.cancel(ANA, id);
    });

    test('another PC sees it, gives it another time, and it is dated with that', async () => {
      const held = await begin({ subject: 'Held' });
      await office.outbound.sending.send(ANA, { ...now, draft: held, undo: 30 });
      const id = await schedule(HOUR);
      const waiting = await office.outbound.sending.listWaiting(ANA);
      assert.deepEqual(
        waiting.map((one) => [one.id, one.state, one.subject, one.to[0]?.address]),
        [
          [held, 'held', 'Held', 'bob@y.test'],
          [id, 'scheduled', 'Lunch', 'bob@y.test'],
        ],
      );
      assert.deepEqual(await office.outbound.sending.listWaiting(EVE), []);
      const before = await office.core.mails.readModseq(ANA);
      const at = later(2 * DAY);
      const status = await office.outbound.sending.changeTime(ANA, id, at);
      assert.deepEqual([status.state, status.at], ['scheduled', at]);
      assert.equal(dateOf(await readRaw(office, id)), formatMailDate(new Date(at)));
      assert.ok((await office.core.mails.readChanges(ANA, before)).mails.some((one) => one.id === id));
      await office.outbound.sending.cancel(ANA, held);
      office.clock.at += HOUR + 1000;
      await office.restart();
      assert.equal(office.smtp.mails.length, 0, 'the former time is nothing any more');
      const sent = await office.outbound.sending.changeTime(ANA, id, 'now');
      assert.deepEqual([sent.state, sent.at], ['queued', null]);
      await office.until(id, () => office.smtp.mails.length === 1);
      assert.equal(
        dateOf(office.smtp.mails[0]!.raw.toString()),
        formatMailDate(new Date(office.clock.now())),
      );
      await settle(office);
      await assert.rejects(
        office.outbound.sending.changeTime(ANA, id, at),
        refused('conflict', 'already-sent'),
      );
      await assert.rejects(office.outbound.sending.changeTime(EVE, id, at), refused('not-found', 'send'));
    });

    test('a Date that the author wrote stays, bytes and Bcc too', async () => {
      const raw =
        'Date: Mon, 1 Jan 2001 00:00:00 +0100\nFrom: ana@home.test\nTo: b@y.test\nBcc: c@y.test\n\nDate: x\n';
      const body = Readable.from([Buffer.from(raw)]);
      const { id } = await office.outbound.sending.sendRaw(ANA, { ...now, body, at: later(HOUR) });
      const bytes = await readRaw(office, id);
      await office.outbound.sending.changeTime(ANA, id, later(2 * HOUR));
      assert.equal(await readRaw(office, id), bytes);
      await office.outbound.sending.cancel(ANA, id);
      await assert.rejects(
        office.outbound.sending.changeTime(ANA, id, 'now'),
        refused('conflict', 'send-cancelled'),
      );
    });

    test('a year ahead, over restarts and a clock that jumps forth', async () => {
      const id = await schedule(365 * DAY);
      office.clock.at += 364 * DAY;
      await office.restart();
      assert.equal((await office.outbound.sending.readStatus(ANA, id)).state, 'scheduled');
      office.clock.at += 2 * DAY;
      await office.restart();
      await office.until(id, () => office.smtp.mails.length === 1);
    });

    test('a clock that is set back holds nothing longer than undo; a named time stays', async () => {
      const named = await schedule(HOUR);
      const held = await begin();
      await office.outbound.sending.send(ANA, { ...now, draft: held, undo: 30 });
      office.clock.at -= DAY;
      await office.restart();
      await office.until(held, () => office.smtp.mails.length === 1);
      const status = await office.outbound.sending.readStatus(ANA, named);
      assert.equal(status.state, 'scheduled');
      office.clock.at += DAY;
      await office.outbound.sending.cancel(ANA, named);
    });

    test('an identity that is gone when the time comes: failed with a reason, noticeable, nothing lost', async () => {
      const id = await schedule(HOUR);
      const { identities } = office;
      office.identities = identities.filter((one) => one.id !== 'idn_work');
      office.clock.at += 2 * HOUR;
      await office.restart();
      const status = await office.until(id, (one) => one.state === 'failed');
      assert.deepEqual(
        [status.recipients[0]?.reason, status.recipients[0]?.serverLine, status.recipients[0]?.enhanced],
        ['route-refused/sender-gone', null, '5.7.1'],
      );
      const [row] = await office.core.mails.readRows(ANA, [id]);
      assert.deepEqual([row?.role, row?.flags], ['sent', []]);
      assert.equal(office.smtp.mails.length, 0);
      office.identities = identities;
    });

    test('what was thrown away while it waited is not sent', async () => {
      const id = await schedule(HOUR);
      await office.core.mails.move(ANA, [id], 'trash');
      assert.deepEqual(await office.outbound.sending.listWaiting(ANA), []);
      office.clock.at += 2 * HOUR;
      await office.restart();
      await office.until(id, (one) => one.state === 'cancelled');
      assert.equal(office.smtp.mails.length, 0);
      assert.deepEqual(
        (await listRole(office, 'trash')).map((one) => one.id),
        [id],
      );
    });

    test('a hand-over that began before it was taken back and sent again sends only the new mail', async () => {
      const id = await schedule(HOUR);
      const stale = (await findSendByMail(office.core.db.read, ANA, id))!;
      await office.outbound.sending.cancel(ANA, id);
      const open = await office.outbound.drafts.open(ANA, id);
      const draft = makeContent({ text: 'better' });
      await office.outbound.drafts.save(ANA, { id, base: open.version, draft });
      office.relayUp = false;
      await office.outbound.sending.send(ANA, { ...now, draft: id });
      await settle(office);
      office.clock.at += HOUR;
      office.relayUp = true;
      await handOver({ ...office.core, relays: office.relays }, stale, new AbortController().signal);
      assert.equal(office.smtp.mails.length, 0);
      await office.restart();
      await office.until(id, () => office.smtp.mails.length === 1);
      assert.match(office.smtp.mails[0]!.raw.toString(), /\r\nbetter\r\n/);
      assert.doesNotMatch(office.smtp.mails[0]!.from, new RegExp(stale.sendKey));
    });
  });
}
