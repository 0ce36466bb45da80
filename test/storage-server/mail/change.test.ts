import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { forgetRemoved } from '../../../storage-server/mail/change/change-mails.ts';
import { rescueMails } from '../../../storage-server/mail/change/rescue-mails.ts';
import { makeMailboxes } from '../../../storage-server/mailbox/mailboxes.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';

for (const name of ENGINES) {
  describe(`changes on ${name}`, { skip: missingEngine(name) }, () => {
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

    const fill = async (count: number): Promise<{ user: string; ids: string[] }> => {
      const user = newUser();
      const batch = Array.from({ length: count }, (_, index) => incoming(makeMessage(index)));
      const ingested = await rig.mails.ingestMails(user, batch);
      return { user, ids: ingested.map((one) => one.mailId) };
    };
    const count = async (user: string): Promise<Record<string, [number, number, number]>> => {
      const boxes = (await rig.core.mailboxes.list(user)).filter(
        (box) => box.total !== 0 || box.unread !== 0,
      );
      return Object.fromEntries(boxes.map((box) => [box.id, [box.total, box.unread, box.bytes]]));
    };
    const size = (from: number, to: number): number =>
      Array.from({ length: to - from }, (_, index) => makeMessage(from + index).length).reduce(
        (a, b) => a + b,
        0,
      );

    test('flags change rows and counters; what is so already does not count', async () => {
      const { user, ids } = await fill(10);
      assert.equal(await rig.mails.flag(user, ids.slice(0, 4), ['seen', 'flagged'], []), 4);
      assert.equal(await rig.mails.flag(user, ids.slice(0, 6), ['seen'], []), 2);
      assert.equal(await rig.mails.flag(user, ids.slice(0, 1), ['answered'], ['seen', 'flagged']), 1);
      const rows = await rig.mails.readRows(user, ids.slice(0, 2));
      assert.deepEqual(
        rows.map((row) => row.flags),
        [['answered'], ['seen', 'flagged']],
      );
      assert.deepEqual(await count(user), { mbx_inbox: [10, 5, size(0, 10)] });
    });

    test('moving takes counters along; by role, id and path', async () => {
      const { user, ids } = await fill(10);
      await rig.mails.flag(user, ids.slice(0, 1), ['seen'], []);
      assert.equal(await rig.mails.move(user, ids.slice(0, 3), 'trash'), 3);
      assert.equal(await rig.mails.move(user, ids.slice(0, 3), 'mbx_trash'), 0);
      assert.equal(await rig.mails.move(user, ids.slice(3, 5), 'Archive/Own'), 2);
      assert.deepEqual(await count(user), {
        mbx_inbox: [5, 5, size(5, 10)],
        mbx_trash: [3, 2, size(0, 3)],
        mbx_own: [2, 2, size(3, 5)],
      });
      await assert.rejects(rig.mails.move(user, ids, 'Nowhere'), { code: 'not-found', reason: 'mailbox' });
    });

    test('removing for ever only out of Trash, Junk and Drafts, whole or not at all', async () => {
      const { user, ids } = await fill(4);
      await rig.mails.move(user, ids.slice(0, 2), 'trash');
      await assert.rejects(rig.mails.remove(user, ids.slice(0, 3)), { code: 'forbidden' });
      assert.deepEqual((await count(user))['mbx_trash']?.[0], 2);
      assert.equal(await rig.mails.remove(user, ids.slice(0, 2)), 2);
      assert.deepEqual(Object.keys(await count(user)), ['mbx_inbox']);
      await assert.rejects(rig.mails.show(user, ids[0] ?? ''), { code: 'not-found' });
      await assert.rejects(rig.mails.openRaw(user, ids[0] ?? '', null), { code: 'not-found' });
      await assert.rejects(rig.mails.remove(user, ids.slice(0, 2)), { code: 'not-found' });
      assert.deepEqual(await rig.mails.readRows(user, ids.slice(0, 2)), []);
    });

    test('changes since a modseq: rows as they are now, what is gone, and the mailboxes', async () => {
      const { user, ids } = await fill(5);
      const since = await rig.mails.readModseq(user);
      assert.deepEqual((await rig.mails.readChanges(user, since)).mails, []);
      await rig.mails.flag(user, [ids[0] ?? ''], ['flagged'], []);
      await rig.mails.move(user, [ids[1] ?? '', ids[2] ?? ''], 'trash');
      await rig.mails.remove(user, [ids[2] ?? '']);
      await rig.mails.touch(user, [ids[4] ?? '']);
      const changes = await rig.mails.readChanges(user, since);
      assert.deepEqual(
        changes.mails.map((row) => row.id),
        [ids[0], ids[1], ids[4]],
      );
      assert.deepEqual(changes.removed, [ids[2]]);
      assert.equal(changes.complete, true);
      assert.equal(changes.modseq, await rig.mails.readModseq(user));
      assert.deepEqual(changes.mailboxes.find((box) => box.role === 'trash')?.total, 1);
    });

    test('a client that knows too little, or more than the store, reads afresh', async () => {
      const { user, ids } = await fill(3);
      await rig.mails.move(user, ids, 'trash');
      const since = await rig.mails.readModseq(user);
      await rig.mails.remove(user, ids.slice(0, 1));
      assert.equal((await rig.mails.readChanges(user, since + 1000)).complete, false);
      rig.clock.at = NOW + 31 * 86_400_000;
      await forgetRemoved(rig.core);
      rig.clock.at = NOW;
      assert.equal((await rig.mails.readChanges(user, since)).complete, false);
      const newest = await rig.mails.readModseq(user);
      assert.equal((await rig.mails.readChanges(user, newest)).complete, true);
    });

    test('another user’s ids are nobody’s', async () => {
      const { ids } = await fill(2);
      const { user } = await fill(2);
      const id = ids[0] ?? '';
      const calls: [string, () => Promise<unknown>][] = [
        ['show', async () => await rig.mails.show(user, id)],
        ['flag', async () => await rig.mails.flag(user, [id], ['seen'], [])],
        ['move', async () => await rig.mails.move(user, [id], 'trash')],
        ['remove', async () => await rig.mails.remove(user, [id])],
        ['touch', async () => await rig.mails.touch(user, [id])],
        ['readRows', async () => await rig.mails.readRows(user, [id])],
        ['openRaw', async () => await rig.mails.openRaw(user, id, null)],
        ['openPart', async () => await rig.mails.openPart(user, id, '1')],
        [
          'replaceMail',
          async () =>
            await rig.mails.replaceMail(user, id, {
              source: Buffer.from(''),
              received: 0,
              flags: null,
              sendKey: null,
            }),
        ],
      ];
      for (const [call, run] of calls) await assert.rejects(run, { code: 'not-found' }, call);
    });

    test('mails of a mailbox that is gone go to Trash, those of one that is there stay', async () => {
      const user = newUser();
      const batch = [1, 2, 3].map((number) => incoming(makeMessage(number), { mailbox: 'mbx_gone' }));
      await rig.mails.ingestMails(user, [...batch, incoming(makeMessage(4))]);
      let vanished: string[] = [];
      const onVanished = (_user: string, ids: string[]): void => void (vanished = ids);
      await makeMailboxes({ db: rig.db, home: rig.core.home, onVanished }).list(user);
      assert.deepEqual(vanished, ['mbx_gone']);
      await rescueMails(rig.core, user, ['mbx_gone', 'mbx_inbox']);
      assert.deepEqual(await count(user), { mbx_inbox: [1, 1, size(4, 5)], mbx_trash: [3, 3, size(1, 4)] });
      const page = await rig.mails.readPage(user, {
        mailbox: 'trash',
        account: null,
        limit: 10,
        after: null,
      });
      assert.equal(page.mails.length, 3);
    });

    test('many ids at once', async () => {
      const { user, ids } = await fill(1000);
      assert.equal(await rig.mails.flag(user, ids, ['seen'], []), 1000);
      assert.equal(await rig.mails.move(user, ids, 'junk'), 1000);
      assert.equal(await rig.mails.remove(user, ids), 1000);
      assert.deepEqual(await count(user), {});
    });
  });
}
