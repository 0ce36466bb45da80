import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAY } from '../../../common/time.ts';
import type { FakePop3Options } from '../../fakes/pop3-server.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { useLedgerRig } from './ledger-rig.ts';
import { makeMessages } from './store.ts';

const MAILS = makeMessages(12);

for (const engine of ENGINES) {
  describe(`what is new, and what may be deleted, on ${engine}`, { skip: missingEngine(engine) }, () => {
    const rig = useLedgerRig(engine);
    const { serve, poll, countOf, countThere, assertStored } = rig;

    test('a second poll retrieves nothing, a third only what is new', async () => {
      await serve({ messages: MAILS.slice(0, 10) });
      const first = await poll();
      assert.deepEqual([first.added, first.messages, first.error], [10, 10, null]);
      assert.equal(
        first.bytes,
        MAILS.slice(0, 10).reduce((sum, mail) => sum + mail.length, 0),
      );
      assert.equal((await poll()).added, 0);
      assert.equal(countOf('RETR'), 10);
      await serve({ messages: MAILS });
      assert.equal((await poll()).added, 2);
      assert.equal(countOf('RETR'), 2);
      await assertStored(MAILS);
    });

    test('newest first, and in the list too', async () => {
      await serve({ messages: MAILS });
      await poll();
      const order = rig.server.commands
        .filter((line) => line.includes('RETR'))
        .map((line) => Number(line.split(' ')[2]));
      assert.deepEqual(
        order,
        MAILS.map((_, index) => MAILS.length - index),
      );
      assert.deepEqual(
        (await rig.store.listInbox()).map((row) => row.subject),
        MAILS.map((_, index) => `mail ${index}`).toReversed(),
      );
    });

    test('retention delete: DELE after all is stored, once', async () => {
      await serve({ messages: [...MAILS] });
      const { added, error } = await poll('delete');
      assert.deepEqual([added, error], [12, null]);
      assert.equal(countThere(), 0);
      const verbs = rig.server.commands.map((line) => line.split(' ')[1]);
      assert.ok(verbs.indexOf('DELE') > verbs.lastIndexOf('RETR'));
      await poll('delete');
      assert.equal(countOf('DELE'), 12);
      await assertStored(MAILS);
    });

    test('stored but not deleted, as after a crash: deleted without RETR', async () => {
      await serve({ messages: MAILS });
      await poll('always');
      const { added, error } = await poll('delete');
      assert.deepEqual([added, error, countOf('RETR'), countOf('DELE')], [0, null, 12, 12]);
      assert.equal(countThere(), 0);
      await assertStored(MAILS);
    });

    test('retention days:N counts from when it was here first', async () => {
      await serve({ messages: MAILS.slice(0, 6) });
      await poll('days:7');
      rig.store.clock.at += 6 * DAY;
      rig.server.messages.push(...MAILS.slice(6));
      await poll('days:7');
      assert.equal(countOf('DELE'), 0);
      rig.store.clock.at += DAY + 1;
      await poll('days:7');
      assert.deepEqual(
        rig.server.messages.map((message) => message !== null),
        MAILS.map((_, index) => index >= 6),
      );
      await assertStored(MAILS);
    });

    test('a drop after DELE and before QUIT deletes nothing and doubles nothing', async () => {
      await serve({
        messages: MAILS,
        script: (connection, verb) =>
          verb === 'QUIT' && connection.count === 1 && (connection.socket.destroy(), true),
      });
      const first = await poll('delete');
      assert.deepEqual([first.added, first.error?.code], [12, 'dropped']);
      assert.equal(countThere(), 12);
      const second = await poll('delete');
      assert.deepEqual([second.added, second.error, countOf('RETR')], [0, null, 12]);
      assert.equal(countThere(), 0);
      await assertStored(MAILS);
    });

    test('a UIDL that is used again for another message of another size brings that message', async () => {
      await serve({ messages: MAILS.slice(0, 3), uidls: ['1', '2', '3'] });
      await poll('delete');
      const other = Buffer.concat([MAILS[5]!, Buffer.from('longer\r\n')]);
      await serve({ messages: [other], uidls: ['1'] });
      const { added } = await poll('delete');
      assert.equal(added, 1);
      await assertStored([...MAILS.slice(0, 3), other]);
    });

    test('a UIDL used again after a confirmed deletion, at the same size, is never deleted unread', async () => {
      const [a, b] = [Buffer.from('Subject: a\r\n\r\none\r\n'), Buffer.from('Subject: b\r\n\r\ntwo\r\n')];
      await serve({ messages: [a], uidls: ['1'] });
      await poll('delete');
      await serve({ messages: [b], uidls: ['1'] });
      assert.equal((await poll('delete')).added, 1);
      await assertStored([a, b]);
    });

    test('a server that ignores DELE is asked once, and nothing doubles', async () => {
      await serve({
        messages: MAILS.slice(0, 4),
        script: (connection, verb) => verb === 'DELE' && (connection.say('+OK'), true),
      });
      for (let round = 0; round < 4; round++) await poll('delete');
      assert.equal(countOf('DELE'), 4);
      assert.equal(countOf('RETR'), 8);
      await assertStored(MAILS.slice(0, 4));
    });

    test('all UIDLs renumbered: nothing doubles, nothing is lost', async () => {
      const uidls = (prefix: string): string[] => MAILS.map((_, index) => `${prefix}${index}`);
      await serve({ messages: MAILS.slice(0, 11), uidls: uidls('old') });
      await poll();
      await serve({ messages: MAILS, uidls: uidls('new') });
      const { added, error } = await poll();
      assert.deepEqual([added, error], [1, null]);
      assert.equal((await poll()).added, 0);
      assert.equal(countOf('RETR'), 12);
      await assertStored(MAILS);
    });

    test('UIDLs that move up by one: nothing doubles, nothing is lost', async () => {
      const uidls = MAILS.map((_, index) => `n${index + 1}`);
      const mails = MAILS.map((mail, index) =>
        Buffer.concat([mail, Buffer.from(`${'.'.repeat(index + 1)}\r\n`)]),
      );
      await serve({ messages: mails.slice(0, 10), uidls });
      await poll();
      await serve({ messages: mails.slice(1), uidls });
      assert.equal((await poll()).added, 2);
      assert.equal((await poll()).added, 0);
      await assertStored(mails);
    });

    test('two byte-identical messages in one list are both there, also across sessions', async () => {
      const twin = MAILS[0]!;
      await serve({ messages: [twin, twin], uidls: ['a', 'b'] });
      assert.equal((await poll()).added, 2);
      await serve({ messages: [twin, twin, twin], uidls: ['a', 'b', 'c'] });
      assert.equal((await poll()).added, 1);
      await assertStored([twin, twin, twin]);
    });

    test('twins renumbered stay two', async () => {
      const twin = MAILS[0]!;
      await serve({ messages: [twin, twin], uidls: ['a', 'b'] });
      await poll();
      await serve({ messages: [twin, twin, twin], uidls: ['x', 'y', 'z'] });
      assert.equal((await poll()).added, 1);
      assert.equal((await poll()).added, 0);
      await assertStored([twin, twin, twin]);
    });

    test('the same Message-ID on different mails decides nothing', async () => {
      const forged = MAILS.slice(0, 3).map((mail) =>
        Buffer.from(
          mail.toString('latin1').replace(/Message-ID: .*\r\n/, 'Message-ID: <same@x>\r\n'),
          'latin1',
        ),
      );
      await serve({ messages: forged });
      assert.equal((await poll()).added, 3);
      await assertStored(forged);
    });

    for (const [name, uidls] of [
      ['missing', [null, null, 'c', 'd']],
      ['doubled', ['a', 'a', 'c', 'd']],
    ] as const) {
      test(`${name} UIDLs: everything comes once, and twins stay two`, async () => {
        const messages = [MAILS[0]!, MAILS[0]!, MAILS[2]!, MAILS[3]!];
        await serve({ messages, uidls: [...uidls] });
        assert.equal((await poll()).added, 4);
        assert.equal((await poll()).added, 0);
        await assertStored(messages);
        assert.equal((await poll('delete')).error, null);
        assert.equal(countThere(), 0);
        await assertStored(messages);
      });
    }

    test('no UIDL at all: everything comes once; too much of it is a clear error', async () => {
      const script: FakePop3Options['script'] = (connection, verb) =>
        verb === 'UIDL' && (connection.say('-ERR what?'), true);
      await serve({ messages: MAILS, script });
      assert.equal((await poll()).added, 12);
      assert.equal((await poll()).added, 0);
      await assertStored(MAILS);
      await serve({ messages: MAILS, script, sizes: MAILS.map(() => 50_000_000) });
      const { error } = await poll();
      assert.deepEqual([error?.code, error?.reason], ['protocol', 'no-uidl']);
      assert.equal((await poll('delete')).error, null);
      await assertStored(MAILS);
    });

    test('a server that learns UIDL, and forgets it again, doubles nothing', async () => {
      const script: FakePop3Options['script'] = (connection, verb) =>
        verb === 'UIDL' && (connection.say('-ERR what?'), true);
      for (const options of [{ script }, {}, { script }]) {
        await serve({ messages: MAILS, ...options });
        assert.equal((await poll()).error, null);
      }
      await assertStored(MAILS);
    });

    test('the same maildrop through two accounts is one row with two originals', async () => {
      await serve({ messages: MAILS.slice(0, 3) });
      await poll();
      const other = await poll('always', { account: 'acc_b' });
      assert.deepEqual([other.added, other.error], [0, null]);
      assert.equal(
        (await rig.store.listInbox()).every((row) => row.accounts.length === 2),
        true,
      );
    });
  });
}
