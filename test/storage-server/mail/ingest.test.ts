import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { StoreEvent } from '../../../common/shapes/event.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, makeMessage, newUser, readAll, startMailRig } from '../mail-rig.ts';

const inbox = { mailbox: 'inbox', account: null, limit: 500, after: null };

for (const name of ENGINES) {
  describe(`ingest on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    test('a batch is listed newest first, counted, and announced once', async () => {
      const user = newUser();
      const events: StoreEvent[] = [];
      const unsubscribe = rig.events.subscribe(user, (event) => events.push(event));
      const batch = Array.from({ length: 137 }, (_, index) => incoming(makeMessage(index)));
      const ingested = await rig.mails.ingestMails(user, batch);
      unsubscribe();
      assert.equal(new Set(ingested.map((one) => one.mailId)).size, 137);
      assert.ok(ingested.every((one) => one.added));
      const page = await rig.mails.readPage(user, inbox);
      assert.deepEqual(
        page.mails.map((mail) => mail.id),
        ingested.map((one) => one.mailId).toReversed(),
      );
      assert.deepEqual([page.total, page.unread, page.next], [137, 137, null]);
      assert.deepEqual(events, [{ type: 'changed', modseq: await rig.mails.readModseq(user) }]);
      const row = page.mails[0];
      assert.equal(row?.subject, 'Message 136');
      assert.equal(row.role, 'inbox');
      assert.deepEqual(row.accounts, ['acc_a']);
      assert.equal(row.size, makeMessage(136).length);
      assert.equal(row.received, new Date(NOW).toISOString());
    });

    test('pages follow each other without gap or double, also among equal dates', async () => {
      const user = newUser();
      const same = makeMessage(1).replace(/Message-ID.*\r\n/, '');
      const ingested = await rig.mails.ingestMails(
        user,
        Array.from({ length: 25 }, () => incoming(same)),
      );
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await rig.mails.readPage(user, { ...inbox, limit: 7, after });
        seen.push(...page.mails.map((mail) => mail.id));
        after = page.next;
      } while (after !== null);
      assert.deepEqual(seen, ingested.map((one) => one.mailId).toReversed());
      await assert.rejects(rig.mails.readPage(user, { ...inbox, after: 'no cursor' }), { code: 'invalid' });
    });

    test('the same mail through two accounts is one row with two chips and both originals', async () => {
      const user = newUser();
      const [first, second] = ['one', 'two'].map((hop) => makeMessage(5, [`Received: by ${hop}`]));
      const [a] = await rig.mails.ingestMails(user, [incoming(first ?? '')]);
      const [b] = await rig.mails.ingestMails(user, [incoming(second ?? '', { account: 'acc_b' })]);
      assert.deepEqual(b, { mailId: a?.mailId, added: false });
      const page = await rig.mails.readPage(user, inbox);
      assert.deepEqual(
        page.mails.map((mail) => mail.accounts),
        [['acc_a', 'acc_b']],
      );
      assert.equal(page.total, 1);
      const id = a?.mailId ?? '';
      for (const [account, bytes] of [
        [null, first],
        ['acc_a', first],
        ['acc_b', second],
      ] as const) {
        assert.equal((await readAll(await rig.mails.openRaw(user, id, account))).toString(), bytes);
      }
      await assert.rejects(rig.mails.openRaw(user, id, 'acc_c'), { code: 'not-found' });
      const byAccount = await rig.mails.readPage(user, { ...inbox, account: 'acc_b' });
      assert.deepEqual([byAccount.mails.length, byAccount.total, byAccount.unread], [1, 1, 1]);
    });

    test('what differs in body, subject or account is never merged', async () => {
      const user = newUser();
      const text = makeMessage(6);
      const variants = [
        incoming(text),
        incoming(text),
        incoming(`${text}x`, { account: 'acc_b' }),
        incoming(text.replace('Subject: ', 'Subject: Re: '), { account: 'acc_b' }),
        incoming(text.replace(/Message-ID.*\r\n/, ''), { account: 'acc_b' }),
        incoming(text, { account: null, mailbox: 'mbx_sent' }),
      ];
      for (const mail of variants) {
        const [result] = await rig.mails.ingestMails(user, [mail]);
        assert.equal(result?.added, true);
      }
    });

    test('within one batch too the same mail is one row', async () => {
      const user = newUser();
      const batch = ['acc_a', 'acc_b', 'acc_c'].map((account) => incoming(makeMessage(7), { account }));
      const ingested = await rig.mails.ingestMails(user, batch);
      assert.deepEqual(
        ingested.map((one) => one.added),
        [true, false, false],
      );
      const page = await rig.mails.readPage(user, inbox);
      assert.deepEqual(
        page.mails.map((mail) => mail.accounts),
        [['acc_a', 'acc_b', 'acc_c']],
      );
    });

    test('adopt is asked with mails of exactly the same bytes, and decides', async () => {
      const user = newUser();
      const [known] = await rig.mails.ingestMails(user, [incoming(makeMessage(8))]);
      const asked: string[][] = [];
      const adopt = async (_tx: unknown, candidates: string[]): Promise<string | null> => {
        asked.push(candidates);
        return candidates[0] ?? null;
      };
      const [same, other] = await rig.mails.ingestMails(user, [
        incoming(makeMessage(8), { adopt }),
        incoming(makeMessage(9), { adopt }),
      ]);
      assert.deepEqual(asked, [[known?.mailId], []]);
      assert.deepEqual(same, { mailId: known?.mailId, added: false });
      assert.equal(other?.added, true);
    });

    test('answers join the thread of what they answer, also when they come first', async () => {
      const user = newUser();
      const reply = makeMessage(11, ['In-Reply-To: <message-10@example.com>']);
      const third = makeMessage(12, ['References: <message-10@example.com> <message-11@example.com>']);
      const ids: string[] = [];
      for (const text of [reply, makeMessage(10), third, makeMessage(13)]) {
        const [one] = await rig.mails.ingestMails(user, [incoming(text)]);
        ids.push(one?.mailId ?? '');
      }
      const threads = (await rig.mails.readRows(user, ids)).map((row) => row.threadId);
      assert.equal(new Set(threads.slice(0, 3)).size, 1);
      assert.equal(new Set(threads).size, 2);
    });

    test('alongside is in the same transaction: when it fails, nothing was added', async () => {
      const user = newUser();
      const failing = rig.mails.ingestMails(user, [incoming(makeMessage(1))], async (tx) => {
        await tx.run(
          'INSERT INTO mailbox_counter (user_id, mailbox, total, unread, bytes) VALUES (?, ?, 9, 9, 9)',
          [user, 'mbx_own'],
        );
        throw new Error('no');
      });
      await assert.rejects(failing, /no/);
      assert.equal((await rig.mails.readPage(user, inbox)).total, 0);
      assert.equal((await rig.mails.readPage(user, { ...inbox, mailbox: 'mbx_own' })).total, 0);
    });

    test('concurrent batches of one user keep ids and modseqs apart', async () => {
      const user = newUser();
      const batches = Array.from({ length: 8 }, (_, batch) =>
        rig.mails.ingestMails(
          user,
          Array.from({ length: 20 }, (_, index) => incoming(makeMessage(batch * 20 + index))),
        ),
      );
      const ids = (await Promise.all(batches)).flat().map((one) => one.mailId);
      assert.equal(new Set(ids).size, 160);
      assert.equal((await rig.mails.readPage(user, inbox)).total, 160);
      assert.equal(await rig.mails.readModseq(user), 8);
    });

    test('a spooled file is the same mail as its bytes', async () => {
      const user = newUser();
      const text = makeMessage(20, ['Content-Type: application/octet-stream']) + 'x'.repeat(3_000_000);
      const path = join(rig.dataDir, 'spooled');
      writeFileSync(path, text);
      const [mail] = await rig.mails.ingestMails(user, [
        incoming('', { source: { path, size: text.length } }),
      ]);
      const adopt = async (_tx: unknown, found: string[]): Promise<string | null> => found[0] ?? null;
      const [again] = await rig.mails.ingestMails(user, [incoming(text, { adopt })]);
      assert.equal(again?.mailId, mail?.mailId);
      assert.equal((await readAll(await rig.mails.openRaw(user, mail?.mailId ?? '', null))).toString(), text);
    });

    test('a draft gets new content, keeps its id and may move', async () => {
      const user = newUser();
      const draft = incoming(makeMessage(30), {
        account: null,
        mailbox: 'mbx_drafts',
        flags: ['draft', 'seen'],
      });
      const [mail] = await rig.mails.ingestMails(user, [draft]);
      const id = mail?.mailId ?? '';
      const source = Buffer.from(makeMessage(31));
      await rig.mails.replaceMail(user, id, { source, received: NOW + 1, flags: null, sendKey: null });
      assert.equal((await rig.mails.readRows(user, [id]))[0]?.subject, 'Message 31');
      await rig.mails.replaceMail(user, id, {
        source,
        received: NOW + 2,
        flags: ['seen'],
        sendKey: 'send_1',
        mailbox: 'mbx_sent',
      });
      const view = await rig.mails.show(user, id);
      assert.deepEqual([view.role, view.flags, view.sendKey], ['sent', ['seen'], 'send_1']);
      const boxes = await rig.core.mailboxes.list(user);
      const totals = boxes
        .filter((box) => box.total > 0)
        .map((box) => [box.role, box.total, box.unread, box.bytes]);
      assert.deepEqual(totals, [['sent', 1, 0, source.length]]);
      const [received] = await rig.mails.ingestMails(user, [incoming(makeMessage(32))]);
      await assert.rejects(
        rig.mails.replaceMail(user, received?.mailId ?? '', {
          source,
          received: NOW,
          flags: null,
          sendKey: null,
        }),
        { code: 'forbidden' },
      );
    });
  });
}
