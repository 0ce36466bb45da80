import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY } from '../../../common/time.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Home, KnownMailbox, UserProfile } from '../../../storage-server/home/home.ts';
import { type Selections, makeSelections } from '../../../storage-server/mail/selection/selections.ts';
import { emptyMailbox, listInside, removeMailbox } from '../../../storage-server/mailbox/change-mailboxes.ts';
import { expireMails } from '../../../storage-server/mailbox/expire-mails.ts';
import { listLabels } from '../../../storage-server/mailbox/list-labels.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';

const box = (id: string, parent: string | null = null): KnownMailbox => ({
  id,
  name: id,
  role: null,
  parent,
  path: id,
});

describe('what lies below a mailbox', () => {
  const tree = [box('a'), box('b', 'a'), box('c', 'b'), box('d', 'a'), box('e')];
  const cases: [string, KnownMailbox[], string[]][] = [
    ['a', tree, ['c', 'b', 'd']],
    ['e', tree, []],
    ['a', [box('a', 'b'), box('b', 'a')], ['b']],
  ];
  for (const [id, all, expected] of cases) {
    test(`${id} of ${all.length}`, () => {
      const inside = listInside({ id }, all);
      assert.deepEqual(
        inside.map((one) => one.id),
        expected,
      );
    });
  }
});

for (const name of ENGINES) {
  describe(`mailboxes on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    let selections: Selections;
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
      const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
      selections = makeSelections({ ...rig.core, random, search: { findNumbers: async () => [] } });
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    const add = async (
      user: string,
      numbers: number[],
      mailbox: string,
      labels: string[] = [],
    ): Promise<string[]> => {
      const batch = numbers.map((number) => incoming(makeMessage(number), { mailbox, labels }));
      return (await rig.mails.ingestMails(user, batch)).map((one) => one.mailId);
    };
    const places = async (user: string, ids: string[]): Promise<string[]> =>
      (await rig.mails.readRows(user, ids)).map((row) => row.mailbox);
    const homeWith = (change: Partial<UserProfile>): Home => ({
      ...rig.core.home,
      readProfile: async (user) => ({ ...(await rig.core.home.readProfile(user)), ...change }),
    });

    test('the mails of a mailbox that goes are in Trash, and come back as long as it is there', async () => {
      const user = newUser();
      const ids = await add(user, [1, 2], 'mbx_own');
      const core = { home: rig.core.home, selections };
      const removed = await removeMailbox(core, user, { id: 'mbx_own', withChildren: false });
      assert.deepEqual([removed.changed, removed.mailboxes], [2, ['mbx_own']]);
      assert.deepEqual(await places(user, ids), ['mbx_trash', 'mbx_trash']);
      assert.deepEqual(await selections.undo(user, removed.operation ?? ''), { changed: 2, skipped: 0 });
      assert.deepEqual(await places(user, ids), ['mbx_own', 'mbx_own']);
    });

    test('one with others inside goes with them, or not at all; one with a role never', async () => {
      const user = newUser();
      const { mailboxes } = await rig.core.home.readProfile(user);
      const more = [...mailboxes, box('mbx_up'), box('mbx_down', 'mbx_up')];
      const findMailbox: Home['findMailbox'] = async (_user, id) =>
        more.find((one) => one.id === id || one.role === id) ?? box('none');
      const home = { ...homeWith({ mailboxes: more }), findMailbox };
      const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
      const own = makeSelections({ ...rig.core, home, random, search: { findNumbers: async () => [] } });
      const ids = [...(await add(user, [1], 'mbx_up')), ...(await add(user, [2], 'mbx_down'))];
      const core = { home, selections: own };
      await assert.rejects(removeMailbox(core, user, { id: 'mbx_up', withChildren: false }), {
        reason: 'mailbox-not-empty',
      });
      assert.deepEqual(await places(user, ids), ['mbx_up', 'mbx_down']);
      const removed = await removeMailbox(core, user, { id: 'mbx_up', withChildren: true });
      assert.deepEqual(removed.mailboxes, ['mbx_down', 'mbx_up']);
      assert.deepEqual(await places(user, ids), ['mbx_trash', 'mbx_trash']);
      await assert.rejects(removeMailbox(core, user, { id: 'mbx_inbox', withChildren: true }), {
        reason: 'role-mailbox',
      });
    });

    test('Trash and Junk are emptied for ever, nothing else', async () => {
      const user = newUser();
      await add(user, [1, 2], 'mbx_trash');
      await add(user, [3], 'mbx_inbox');
      const core = { home: rig.core.home, selections };
      await assert.rejects(emptyMailbox(core, user, 'inbox'), { code: 'forbidden' });
      await assert.rejects(emptyMailbox(core, user, 'drafts'), { code: 'forbidden' });
      assert.deepEqual(await emptyMailbox(core, user, 'trash'), { changed: 2, operation: null });
      assert.deepEqual(
        (await rig.core.mailboxes.list(user)).filter((one) => one.total > 0).map((one) => one.id),
        ['mbx_inbox'],
      );
    });

    test('labels of the profile and of mails, each once, counted outside Trash and Junk', async () => {
      const user = newUser();
      await add(user, [1, 2], 'mbx_inbox', ['año', 'other']);
      await add(user, [3], 'mbx_trash', ['AÑO', 'gone']);
      const home = homeWith({
        labels: [
          { name: 'Año', colour: 'red' },
          { name: 'Unused', colour: 'blue' },
        ],
      });
      assert.deepEqual(await listLabels({ db: rig.db, home }, user), [
        { name: 'Año', colour: 'red', total: 2, unread: 2 },
        { name: 'gone', colour: null, total: 0, unread: 0 },
        { name: 'other', colour: null, total: 2, unread: 2 },
        { name: 'Unused', colour: 'blue', total: 0, unread: 0 },
      ]);
    });

    test('what lies in Trash or Junk for too long goes; counted from when it came there', async () => {
      const user = newUser();
      const start = rig.clock.at;
      const old = await add(user, [1, 2, 3], 'mbx_trash');
      const junk = await add(user, [4], 'mbx_junk');
      const inbox = await add(user, [5, 6], 'mbx_inbox');
      rig.clock.at = start + 20 * DAY;
      await rig.mails.move(user, inbox.slice(0, 1), 'trash');
      await rig.mails.move(user, old.slice(0, 1), 'inbox');
      await rig.mails.move(user, old.slice(0, 1), 'trash');
      const since = await rig.mails.readModseq(user);
      rig.clock.at = start + 31 * DAY;
      const core = { ...rig.core, log: silentLogger, home: homeWith({ junkDays: null }) };
      await expireMails(core);
      const left = await rig.mails.readRows(user, [...old, ...junk, ...inbox]);
      assert.deepEqual(
        left.map((row) => row.id),
        [old[0], ...junk, ...inbox],
      );
      const { removed, complete } = await rig.mails.readChanges(user, since);
      assert.deepEqual([removed.toSorted((a, b) => a.localeCompare(b)), complete], [old.slice(1), true]);
      rig.clock.at = start + 51 * DAY;
      await expireMails({ ...rig.core, log: silentLogger });
      assert.deepEqual(
        (await rig.mails.readRows(user, [...old, ...junk, ...inbox])).map((row) => row.id),
        inbox.slice(1),
      );
      rig.clock.at = NOW;
    });

    test('a user whose profile cannot be read keeps everything', async () => {
      const user = newUser();
      const ids = await add(user, [1], 'mbx_trash');
      rig.clock.at = NOW + 99 * DAY;
      const readProfile = async (): Promise<never> => await Promise.reject(new Error('away'));
      assert.equal(
        await expireMails({ ...rig.core, log: silentLogger, home: { ...rig.core.home, readProfile } }),
        0,
      );
      rig.clock.at = NOW;
      assert.equal((await rig.mails.readRows(user, ids)).length, 1);
    });
  });
}
