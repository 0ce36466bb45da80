import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY } from '../../../common/time.ts';
import type { MailFilter, Selection } from '../../../common/shapes/selection.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { type Selections, makeSelections } from '../../../storage-server/mail/selection/selections.ts';
import { forgetOperations } from '../../../storage-server/mail/selection/undo.ts';
import type { IncomingMail } from '../../../storage-server/mail/ingest/ingest.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';

const where = (filter: MailFilter, more: { except?: string[]; upTo?: number } = {}): Selection => ({
  where: filter,
  except: more.except ?? [],
  upTo: more.upTo ?? null,
});

for (const name of ENGINES) {
  describe(`selections on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    let selections: Selections;
    let found: number[] = [];
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
      const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
      selections = makeSelections({ ...rig.core, random, search: { findNumbers: async () => found } });
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    const fill = async (
      count: number,
      change: (index: number) => Partial<IncomingMail> = () => ({}),
    ): Promise<{ user: string; ids: string[] }> => {
      const user = newUser();
      const batch = Array.from({ length: count }, (_, index) => incoming(makeMessage(index), change(index)));
      const ingested = await rig.mails.ingestMails(user, batch);
      return { user, ids: ingested.map((one) => one.mailId) };
    };
    const look = async (user: string, ids: string[]): Promise<unknown[]> =>
      (await rig.mails.readRows(user, ids)).map((row) => [row.mailbox, row.flags, row.labels]);

    test('everything of a mailbox, in more steps than one, and back', async () => {
      const { user, ids } = await fill(2300, (index) => ({ flags: index % 2 === 0 ? ['seen'] : [] }));
      const before = await look(user, ids);
      const moved = await selections.change(user, where({ mailbox: 'inbox' }), { mailbox: 'mbx_archive' });
      assert.equal(moved.changed, 2300);
      const counted = await rig.core.mailboxes.list(user);
      assert.deepEqual(
        counted.filter((box) => box.total > 0).map((box) => [box.id, box.total, box.unread]),
        [['mbx_archive', 2300, 1150]],
      );
      assert.deepEqual(await selections.undo(user, moved.operation ?? ''), { changed: 2300, skipped: 0 });
      assert.deepEqual(await look(user, ids), before);
      await assert.rejects(selections.undo(user, moved.operation ?? ''), { code: 'not-found' });
    });

    test('each part of a filter, what is taken out of it, and what came later', async () => {
      const { user, ids } = await fill(8, (index) => ({
        account: index < 4 ? 'acc_a' : 'acc_b',
        mailbox: index % 2 === 0 ? 'mbx_inbox' : 'mbx_own',
        labels: index === 3 || index === 5 ? ['Señal'] : [],
        flags: index < 6 ? [] : ['seen'],
      }));
      const modseq = await rig.mails.readModseq(user);
      const [late] = await rig.mails.ingestMails(user, [incoming(makeMessage(100))]);
      const thread = (await rig.mails.readRows(user, [ids[6] ?? '']))[0]?.threadId ?? '';
      found = [2, 4, 999];
      const cases: [Selection, number[]][] = [
        [where({ account: 'acc_b' }), [4, 5, 6, 7]],
        [where({ account: 'acc_b', mailbox: 'Archive/Own' }), [5, 7]],
        [where({ label: 'SEÑAL' }), [3, 5]],
        [where({ label: 'señal', account: 'acc_a' }), [3]],
        [where({ from: 'sender2@example.COM' }), [2]],
        [where({ from: 'ender2@example.com' }), []],
        [where({ from: 'sender%@example.com' }), []],
        [where({ thread }), [6]],
        [where({ query: 'x' }), [1, 3]],
        [where({ query: 'x', mailbox: 'inbox' }), []],
        [where({ query: 'x', thread }), []],
        [where({ mailbox: 'inbox', unread: true }, { upTo: modseq }), [0, 2, 4]],
        [where({ mailbox: 'inbox', unread: false }), [6]],
        [where({ mailbox: 'inbox' }, { except: [ids[0] ?? '', late?.mailId ?? ''] }), [2, 4, 6]],
      ];
      for (const [selection, expected] of cases) {
        const { changed, operation } = await selections.change(user, selection, { addLabels: ['chosen'] });
        const rows = await rig.mails.readRows(user, ids);
        const chosen = rows.flatMap((row, index) => (row.labels.includes('chosen') ? [index] : []));
        assert.deepEqual(chosen, expected, JSON.stringify(selection));
        assert.equal(changed, expected.length);
        assert.equal(operation === null, expected.length === 0);
        const count = await selections.count(user, selection);
        const size = rows
          .filter((_, index) => expected.includes(index))
          .reduce((sum, row) => sum + row.size, 0);
        assert.deepEqual(count, { total: expected.length, bytes: size }, JSON.stringify(selection));
        if (operation !== null) await selections.undo(user, operation);
      }
    });

    test('counting where the counters know it', async () => {
      const { user } = await fill(6, (index) => ({
        account: index < 4 ? 'acc_a' : 'acc_b',
        mailbox: index % 2 === 0 ? 'mbx_inbox' : 'mbx_own',
        labels: index < 3 ? ['l'] : [],
      }));
      const total = async (filter: MailFilter): Promise<number> =>
        (await selections.count(user, where(filter))).total;
      assert.equal(await total({ mailbox: 'inbox' }), 3);
      assert.equal(await total({ account: 'acc_a' }), 4);
      assert.equal(await total({ account: 'acc_b', mailbox: 'inbox' }), 1);
      assert.equal(await total({ label: 'L' }), 3);
      assert.equal(await total({ label: 'L', mailbox: 'mbx_own' }), 1);
      assert.equal(await total({ label: 'none' }), 0);
    });

    test('undo leaves what was changed since', async () => {
      const { user, ids } = await fill(4);
      const labelled = await selections.change(user, { ids }, { addLabels: ['a'], addFlags: ['seen'] });
      await rig.mails.move(user, ids.slice(0, 1), 'archive');
      await selections.change(user, { ids: ids.slice(1, 2) }, { removeLabels: ['a'] });
      await rig.mails.move(user, ids.slice(2, 3), 'trash');
      await rig.mails.remove(user, ids.slice(2, 3));
      assert.deepEqual(await selections.undo(user, labelled.operation ?? ''), { changed: 2, skipped: 2 });
      assert.deepEqual(await look(user, ids), [
        ['mbx_archive', [], []],
        ['mbx_inbox', ['seen'], []],
        ['mbx_inbox', [], []],
      ]);
    });

    test('an operation can be undone for a day, by its user', async () => {
      const { user, ids } = await fill(1);
      const { operation } = await selections.change(user, { ids }, { addFlags: ['seen'] });
      await assert.rejects(selections.undo(newUser(), operation ?? ''), { code: 'not-found' });
      rig.clock.at = NOW + DAY + 1;
      await assert.rejects(selections.undo(user, operation ?? ''), { reason: 'operation' });
      await forgetOperations(rig.core);
      rig.clock.at = NOW;
      await assert.rejects(selections.undo(user, operation ?? ''), { code: 'not-found' });
      assert.deepEqual(await rig.db.read.all('SELECT part FROM operation_part'), []);
    });

    test('stopped between two steps, what is done is done and can be undone', async () => {
      const { user, ids } = await fill(1500);
      let writes = 0;
      const failing = {
        ...rig.db,
        write: async <T>(work: (tx: Writer) => Promise<T>): Promise<T> => {
          writes += 1;
          if (writes === 2) throw new Error('killed');
          return await rig.db.write(work);
        },
      };
      const random = (): Uint8Array => new Uint8Array(32).fill(7);
      const broken = makeSelections({
        ...rig.core,
        db: failing,
        random,
        search: { findNumbers: async () => [] },
      });
      await assert.rejects(
        broken.change(user, where({ mailbox: 'inbox' }), { mailbox: 'mbx_trash' }),
        /killed/,
      );
      const rows = await rig.mails.readRows(user, ids);
      assert.equal(rows.filter((row) => row.role === 'trash').length, 1000);
      const { id } = (await rig.db.read.get<{ id: string }>('SELECT id FROM operation WHERE user_id = ?', [
        user,
      ])) ?? {
        id: '',
      };
      assert.deepEqual(await selections.undo(user, id), { changed: 1000, skipped: 0 });
    });

    test('removing for ever: all of it in Trash, Junk or Drafts, or nothing', async () => {
      const { user, ids } = await fill(3, (index) => ({ mailbox: index === 0 ? 'mbx_trash' : 'mbx_inbox' }));
      for (const selection of [{ ids }, where({ account: 'acc_a' }), where({ mailbox: 'inbox' })]) {
        await assert.rejects(selections.remove(user, selection), { reason: 'remove-from-trash' });
      }
      assert.deepEqual(await selections.remove(user, where({ mailbox: 'trash' })), {
        changed: 1,
        operation: null,
      });
      assert.equal((await rig.mails.readRows(user, ids)).length, 2);
    });

    test('ids and names of another user are nobody’s', async () => {
      const { user, ids } = await fill(1);
      const other = newUser();
      const thread = (await rig.mails.readRows(user, ids))[0]?.threadId ?? '';
      const wrong = [
        { ids },
        where({ thread }),
        where({ mailbox: 'inbox' }, { except: ids }),
        where({ mailbox: 'mbx_x' }),
      ];
      for (const selection of wrong) {
        await assert.rejects(selections.change(other, selection, { addFlags: ['seen'] }), {
          code: 'not-found',
        });
        await assert.rejects(selections.remove(other, selection), { code: 'not-found' });
        await assert.rejects(selections.count(other, selection), { code: 'not-found' });
      }
    });
  });
}
