import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closeSync, globSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DAY } from '../../../common/time.ts';
import type { LedgerEntry, LedgerState } from '../../../storage-server/retrieval/ledger/ledger-store.ts';
import { listGoing, sumGoing } from '../../../storage-server/retrieval/retention/retention-preview.ts';
import { isDue, mustFetch } from '../../../storage-server/retrieval/retention/retention-rule.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { useLedgerRig } from './ledger-rig.ts';
import { makeMessages } from './store.ts';

const MAILS = makeMessages(6);
const LARGE = Buffer.from(`Subject: large\r\n\r\n${'0123456789 abcdefghij\r\n'.repeat(100_000)}`);
const NOW = 100 * DAY;

function entry(change: Partial<LedgerEntry> = {}): LedgerEntry {
  const place = {
    maildrop: 'm',
    uidl: 'u',
    mail: 'mail_1',
    account: 'acc_a',
    size: 10,
    state: 'kept' as LedgerState,
  };
  const marks = { first_seen: NOW, listed: 1, removed_at: null, header: null, body: null };
  return { ...place, ...marks, ...change };
}

describe('what a contract lets go', () => {
  const old = entry({ first_seen: NOW - 8 * DAY });
  const removed = entry({ removed_at: NOW - 1 });
  const TABLE: [name: string, entry: LedgerEntry, due: string][] = [
    ['new', entry(), 'delete'],
    ['eight days old', old, 'delete days:7'],
    ['removed for ever by the user', removed, 'delete mirror'],
    ['removed and eight days old', { ...old, removed_at: 1 }, 'delete days:7 mirror'],
    ['asked to be deleted before', { ...old, state: 'deleting' }, 'delete days:7'],
    ['kept by the server in spite of DELE', { ...old, state: 'stays', removed_at: 1 }, ''],
  ];
  for (const [name, one, due] of TABLE) {
    test(name, () => {
      const contracts = ['always', 'delete', 'days:7', 'days:30', 'mirror', 'something else'];
      assert.equal(contracts.filter((keep) => isDue(keep, one, NOW)).join(' '), due);
    });
  }

  test('what must be retrieved although UIDL and size are known', () => {
    assert.equal(mustFetch(entry()), false);
    assert.equal(mustFetch(entry({ state: 'stays' })), false);
    assert.equal(mustFetch(entry({ state: 'deleting' })), false);
    assert.equal(mustFetch(entry({ state: 'deleted' })), true);
    assert.equal(mustFetch(entry({ state: 'lost' })), true);
    assert.equal(mustFetch(entry({ state: 'lost', removed_at: 1 })), false);
    assert.equal(mustFetch(entry({ listed: 0 })), true);
  });

  test('a preview counts what is listed and due, and with `delete` what is not here yet', () => {
    const ledger = [
      entry({ uidl: 'a', first_seen: NOW - 9 * DAY }),
      entry({ uidl: 'b', size: 5 }),
      entry({ uidl: 'gone', listed: 0 }),
      entry({ uidl: 'deleted', state: 'deleted' }),
      entry({ uidl: 'stays', state: 'stays' }),
      entry({ uidl: 'removed', removed_at: 1, size: 7 }),
    ];
    const listing = { messages: 8, bytes: 80, waiting: 3, waiting_bytes: 30, importing: 0 };
    const sum = (keep: string) => sumGoing(listGoing(ledger, keep, NOW), listing, keep);
    assert.deepEqual(sum('always'), { count: 0, bytes: 0 });
    assert.deepEqual(sum('days:7'), { count: 1, bytes: 10 });
    assert.deepEqual(sum('mirror'), { count: 1, bytes: 7 });
    assert.deepEqual(sum('delete'), { count: 6, bytes: 52 });
    assert.deepEqual(sumGoing([], null, 'delete'), { count: 0, bytes: 0 });
  });
});

for (const engine of ENGINES) {
  describe(`retention contracts, on ${engine}`, { skip: missingEngine(engine) }, () => {
    const rig = useLedgerRig(engine);
    const { serve, poll, countOf, countThere, assertStored, remove } = rig;

    /** Changes what stands on the disk behind the store's back. */
    function damagePack(): void {
      const path = globSync(join(rig.dir, 'blobs', 'packs', '*.pack'))[0] ?? '';
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.alloc(64), 0, 64, Math.floor(statSync(path).size / 2));
      closeSync(file);
    }
    const findFile = (): string => globSync(join(rig.dir, 'blobs', '[A-Za-z0-9_-]', '*'))[0] ?? '';
    const damages: [name: string, damage: () => void][] = [
      ['a pack of small blobs has other bytes', damagePack],
      ['the file of a large blob is cut', () => truncateSync(findFile(), 20)],
      ['the file of a large blob is gone', () => rmSync(findFile())],
    ];
    for (const [name, damage] of damages) {
      test(`${name}: it is not deleted there, told as a problem, retrieved again, then deleted`, async () => {
        const messages = [LARGE, ...MAILS];
        await serve({ messages });
        await poll('always');
        damage();
        const { error, added } = await poll('delete');
        assert.deepEqual(
          [error?.code, error?.reason, error?.params],
          ['internal', 'not-verified', { count: countThere() }],
        );
        const lost = countThere();
        assert.ok(lost > 0);
        assert.deepEqual([added, countOf('RETR')], [0, 7]);
        const again = await poll('delete');
        assert.deepEqual([again.error, again.added, countOf('RETR'), countThere()], [null, 0, 7 + lost, 0]);
        await assertStored(messages);
      });
    }

    test('a row that is gone without the user is no deletion of his: it comes back, under any contract', async () => {
      await serve({ messages: MAILS });
      await poll('mirror');
      await rig.store.db.write(async (tx) => {
        await tx.run("DELETE FROM mail_original WHERE mail = (SELECT id FROM mail WHERE subject = 'mail 2')");
        await tx.run("DELETE FROM mail WHERE subject = 'mail 2'");
      });
      await poll('mirror');
      assert.deepEqual([countThere(), countOf('DELE')], [6, 0]);
      assert.equal((await poll('delete')).error?.reason, 'not-verified');
      assert.equal(countThere(), 1);
      assert.equal((await poll('delete')).added, 1);
      assert.equal(countThere(), 0);
      await assertStored(MAILS);
    });

    test('mirror: what the user removes for ever goes there at the next poll, and nothing else', async () => {
      await serve({ messages: MAILS });
      await poll('mirror');
      assert.equal((await poll('mirror')).error, null);
      assert.equal(countOf('DELE'), 0);
      await remove('mail 1', 'mail 4');
      await poll('mirror');
      assert.deepEqual(
        rig.server.messages.map((message) => message === null),
        [false, true, false, false, true, false],
      );
      assert.equal((await poll('mirror')).added, 0);
      await assertStored(MAILS.filter((_, index) => index !== 1 && index !== 4));
    });

    test('mirror: what only lies in Trash stays there', async () => {
      await serve({ messages: MAILS });
      await poll('mirror');
      const rows = await rig.store.listInbox();
      await rig.store.mails.move(
        'user_test',
        rows.map(({ id }) => id),
        'trash',
      );
      await poll('mirror');
      assert.equal(countThere(), 6);
    });

    for (const keep of ['always', 'days:30']) {
      test(`${keep}: what the user removes for ever stays there and does not come back`, async () => {
        await serve({ messages: MAILS });
        await poll(keep);
        await remove('mail 3');
        await poll(keep);
        assert.deepEqual([countThere(), countOf('RETR')], [6, 6]);
        // Not under new UIDLs either.
        await serve({ messages: MAILS, uidls: MAILS.map((_, index) => `new${index}`) });
        assert.equal((await poll(keep)).added, 0);
        await poll(keep);
        assert.deepEqual([countThere(), countOf('RETR')], [6, 6]);
        await assertStored(MAILS.filter((_, index) => index !== 3));
        await poll('mirror');
        assert.deepEqual([countThere(), rig.server.messages[3]], [5, null]);
      });
    }

    test('a removed mail of which a twin is there: one is removed, the twin stays', async () => {
      await serve({ messages: [MAILS[0]!, MAILS[0]!], uidls: ['a', 'b'] });
      await poll();
      const [first] = await rig.store.listInbox();
      await rig.store.mails.move('user_test', [first!.id], 'trash');
      await rig.store.mails.remove('user_test', [first!.id]);
      await serve({ messages: [MAILS[0]!, MAILS[0]!, MAILS[0]!], uidls: ['x', 'y', 'z'] });
      assert.equal((await poll()).added, 1);
      await assertStored([MAILS[0]!, MAILS[0]!]);
    });

    test('the same mail through two accounts: each maildrop is mirrored by its own contract', async () => {
      await serve({ messages: MAILS.slice(0, 2) });
      await poll('mirror');
      await poll('always', { account: 'acc_b' });
      await remove('mail 0');
      const there = rig.server;
      await poll('always', { account: 'acc_b' });
      assert.equal(countThere(), 2);
      await poll('mirror');
      assert.equal(there.messages[0], null);
      await assertStored([MAILS[1]!]);
    });

    test('the user removes a mail while a poll takes it over under its new UIDL: it stays removed', async () => {
      await serve({ messages: MAILS });
      await poll();
      let removal: Promise<void> | null = null;
      const script = (_: unknown, verb: string): boolean => {
        if (verb === 'RETR') removal ??= remove('mail 2');
        return false;
      };
      await serve({ messages: MAILS, uidls: MAILS.map((_, index) => `new${index}`), script });
      const { added } = await poll();
      await removal!;
      assert.equal(added, 0);
      assert.equal((await poll()).added, 0);
      await assertStored(MAILS.filter((_, index) => index !== 2));
      await poll('mirror');
      assert.deepEqual([countThere(), rig.server.messages[2]], [5, null]);
    });
  });
}
