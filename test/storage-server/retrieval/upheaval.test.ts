import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FakePop3Options } from '../../fakes/pop3-server.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { numberUidls, useLedgerRig } from './ledger-rig.ts';
import { makeMessages, USER } from './store.ts';

const MAILS = makeMessages(12);
/** Messages that differ and have the same size. */
const ALIKE = Array.from({ length: 8 }, (_, n) => Buffer.from(`Subject: alike ${n}\r\n\r\nnumber ${n}\r\n`));

for (const engine of ENGINES) {
  describe(`upheaval in maildrops, on ${engine}`, { skip: missingEngine(engine) }, () => {
    const rig = useLedgerRig(engine);
    const { serve, poll, countOf, assertStored, remove } = rig;

    test('UIDLs used again for other messages of the same size, after the maildrop was seen empty', async () => {
      await serve({ messages: ALIKE.slice(0, 4), uidls: numberUidls(4) });
      await poll();
      await serve({ messages: [] });
      await poll();
      await serve({ messages: ALIKE.slice(4), uidls: numberUidls(4) });
      assert.equal((await poll()).added, 4);
      assert.equal((await poll()).added, 0);
      await assertStored(ALIKE);
    });

    test('what was missing in one list and is back is not doubled, whatever its UIDL is now', async () => {
      await serve({ messages: ALIKE, uidls: numberUidls(8, 'u') });
      await poll();
      await serve({ messages: [] });
      await poll();
      // The same UIDLs, but each for the next message.
      await serve({ messages: [...ALIKE.slice(1), ALIKE[0]!], uidls: numberUidls(8, 'u') });
      assert.equal((await poll()).added, 0);
      assert.equal((await poll()).added, 0);
      assert.equal(countOf('RETR'), 8);
      await assertStored(ALIKE);
    });

    test('a list that is settled is not compared with the ledger again, until the contract or the list changes', async () => {
      await serve({ messages: ALIKE.slice(0, 3), uidls: ['a', 'b', 'c'] });
      await poll();
      await rig.store.db.write(async (tx) => await tx.run('UPDATE ledger SET size = 1'));
      assert.equal((await poll()).messages, 3);
      assert.equal(countOf('RETR'), 3);
      assert.equal((await poll('days:30')).added, 0);
      assert.equal(countOf('RETR'), 6);
      await poll('days:30');
      assert.equal(countOf('RETR'), 6);
      await serve({ messages: ALIKE.slice(0, 4), uidls: ['a', 'b', 'c', 'd'] });
      assert.equal((await poll()).added, 1);
      await assertStored(ALIKE.slice(0, 4));
    });

    test('UIDLs that are only positions, and a message of the same size goes: what moved up is not taken for it', async () => {
      await serve({ messages: ALIKE.slice(0, 5), uidls: numberUidls(5) });
      await poll();
      assert.deepEqual([(await poll()).added, countOf('RETR')], [0, 7]);
      // Another client deleted the second; one came. As long as before, every UIDL and size known.
      await serve({ messages: [ALIKE[0]!, ...ALIKE.slice(2, 6)], uidls: numberUidls(5) });
      assert.equal((await poll()).added, 1);
      assert.equal((await poll()).added, 0);
      // All were replaced at once.
      await serve({ messages: [ALIKE[6]!, ALIKE[7]!], uidls: numberUidls(2) });
      assert.equal((await poll('delete')).added, 2);
      await assertStored(ALIKE);
    });

    test('UIDLs that are only positions, and the line breaks at QUIT: a new message in the place of a deleted one is not deleted unseen', async () => {
      const breakAtQuit: FakePop3Options['script'] = (connection, verb) => {
        if (verb === 'QUIT') connection.socket.destroy();
        return verb === 'QUIT';
      };
      await serve({ messages: ALIKE.slice(0, 3), uidls: numberUidls(3), script: breakAtQuit });
      assert.equal((await poll('delete')).error?.code, 'dropped');
      // Only the first deletion took effect, and one message came.
      await serve({ messages: ALIKE.slice(1, 4), uidls: numberUidls(3), script: breakAtQuit });
      assert.equal((await poll('delete')).added, 1);
      await assertStored(ALIKE.slice(0, 4));
      // All of them did.
      await serve({ messages: ALIKE.slice(4, 6), uidls: numberUidls(2) });
      assert.deepEqual([(await poll('delete')).error, rig.countThere()], [null, 0]);
      await assertStored(ALIKE.slice(0, 6));
    });

    test('UIDLs that are only positions: what the user removed goes there only if it is still what stands there', async () => {
      await serve({ messages: ALIKE.slice(0, 2), uidls: numberUidls(2) });
      await poll('mirror');
      await remove('alike 1');
      await serve({ messages: [ALIKE[0]!, ALIKE[2]!], uidls: numberUidls(2) });
      assert.deepEqual([(await poll('mirror')).added, rig.countThere()], [1, 2]);
      await assertStored([ALIKE[0]!, ALIKE[2]!]);
      await remove('alike 2');
      assert.deepEqual([(await poll('mirror')).added, rig.countThere()], [0, 1]);
      await assertStored([ALIKE[0]!]);
    });

    test('UIDLs that are only positions, and the server refuses to show one again: they are not believed', async () => {
      await serve({ messages: [ALIKE[0]!], uidls: ['1'] });
      await poll();
      let refusals = 1;
      await serve({
        messages: [ALIKE[1]!],
        uidls: ['1'],
        script: (connection, verb) => {
          if (verb !== 'RETR' || refusals === 0) return false;
          refusals -= 1;
          connection.say('-ERR [SYS/TEMP] not now');
          return true;
        },
      });
      assert.deepEqual([(await poll('delete')).added, refusals], [1, 0]);
      await assertStored(ALIKE.slice(0, 2));
    });

    test('a server that numbers anew in each session: nothing doubles, and it is not asked again and again', async () => {
      const many = makeMessages(60);
      for (let round = 0; round < 4; round++) {
        await serve({ messages: many, uidls: numberUidls(60, `round${round}-`) });
        const { error, more } = await poll();
        assert.deepEqual([error, more], [null, false]);
      }
      await assertStored(many);
    });

    test('two byte-identical entries with one UIDL stay two when they are renumbered', async () => {
      const twin = MAILS[0]!;
      await serve({ messages: [twin, twin, MAILS[1]!], uidls: ['a', 'a', 'b'] });
      await poll();
      for (const uidls of [
        ['c', 'd', 'e'],
        ['e', 'c', 'd'],
        ['x', 'x', 'y'],
      ]) {
        await serve({ messages: [twin, twin, MAILS[1]!], uidls });
        assert.equal((await poll()).added, 0);
      }
      await assertStored([twin, twin, MAILS[1]!]);
    });

    test('mails without Message-ID are all there, also renumbered', async () => {
      const bare = MAILS.map((mail) =>
        Buffer.from(mail.toString('latin1').replace(/Message-ID: .*\r\n/, ''), 'latin1'),
      );
      await serve({ messages: bare });
      assert.equal((await poll()).added, 12);
      await serve({ messages: bare, uidls: numberUidls(12, 'again') });
      assert.equal((await poll()).added, 0);
      await assertStored(bare);
    });

    test('a maildrop that moves to another server is followed by the bytes', async () => {
      const twin = MAILS[0]!;
      const old = [twin, twin, ...MAILS.slice(1, 6)];
      await serve({ messages: old, uidls: numberUidls(7, 'old') });
      await poll();
      await remove('mail 5');
      const moved = [...old, ...MAILS.slice(6, 8)];
      await serve({ messages: moved, uidls: numberUidls(9, 'new') });
      assert.equal((await poll('always', { host: 'new.example.org' })).added, 2);
      assert.equal((await poll('always', { host: 'new.example.org' })).added, 0);
      assert.equal(countOf('RETR'), 9);
      const expected = moved.filter((mail) => mail !== MAILS[5]);
      await assertStored(expected);
      // And back, after both have had new mail.
      await serve({ messages: [...moved, MAILS[8]!], uidls: numberUidls(10, 'old') });
      assert.equal((await poll()).added, 1);
      await assertStored([...expected, MAILS[8]!]);
      await poll('mirror');
      assert.equal(rig.server.messages.filter((message) => message === null).length, 1);
    });

    test('another account on the new server has nothing to do with it', async () => {
      await serve({ messages: MAILS.slice(0, 2) });
      await poll();
      await poll('always', { account: 'acc_b', apart: true });
      await assertStored([...MAILS.slice(0, 2), ...MAILS.slice(0, 2)]);
    });

    test('the same mail through two accounts: one row, or two where the user wants to see the copies', async () => {
      await serve({ messages: MAILS.slice(0, 1) });
      await poll();
      assert.equal((await poll('always', { account: 'acc_b' })).added, 0);
      assert.equal((await poll('always', { account: 'acc_c', apart: true })).added, 1);
      const rows = await rig.store.listInbox();
      const chips = rows.map(({ accounts }) => accounts.join('+'));
      assert.deepEqual(chips.toSorted(), ['acc_a+acc_b', 'acc_c']);
    });

    test('another body under the same header is another mail', async () => {
      await serve({ messages: [Buffer.from(`${MAILS[0]!.toString('latin1')}changed\r\n`, 'latin1')] });
      await poll();
      await serve({ messages: MAILS.slice(0, 1) });
      assert.equal((await poll('always', { account: 'acc_b' })).added, 1);
    });

    test('two users with one maildrop: each has everything, and the removal of one is not that of the other', async () => {
      await serve({ messages: MAILS });
      await poll('mirror');
      await poll('always', { owner: 'user_other', account: 'acc_o' });
      await assertStored(MAILS, 'user_other');
      await remove('mail 1');
      await poll('always', { owner: 'user_other', account: 'acc_o' });
      assert.equal(rig.countThere(), 12);
      await poll('mirror');
      assert.equal(rig.countThere(), 11);
      await poll('mirror', { owner: 'user_other', account: 'acc_o' });
      await assertStored(MAILS, 'user_other');
      await assertStored(
        MAILS.filter((_, index) => index !== 1),
        USER,
      );
    });
  });
}
