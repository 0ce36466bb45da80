import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HOUR } from '../../../common/time.ts';
import { foldLabel } from '../../../common/label-name.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { PageQuery } from '../../../storage-server/mail/mails.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, newUser, startMailRig } from '../mail-rig.ts';

const COUNT = 60;
const MAILBOXES = ['mbx_inbox', 'mbx_own', 'mbx_trash'];

/** Many of the same minute; every fourth begins a conversation, in several mailboxes. */
function write(index: number): string {
  const first = index - (index % 4);
  return [
    'From: ana@x.test',
    'To: me@x.test',
    `Subject: Plan number ${first}`,
    `Date: ${new Date(NOW - (Math.floor(index / 2) % 7) * HOUR).toUTCString()}`,
    `Message-ID: <m${index}@x.test>`,
    ...(index === first ? [] : [`References: <m${first}@x.test>`]),
    '',
    `text ${index}`,
  ].join('\r\n');
}

/** What a list shows, by looking at every row. */
function listPlainly(all: readonly MailRow[], query: Omit<PageQuery, 'limit' | 'after'>): MailRow[] {
  const { mailbox, account, label, unread } = query;
  const fits = (row: MailRow): boolean =>
    (mailbox === null ? row.role !== 'trash' : row.mailbox === mailbox) &&
    (account === null || row.accounts.includes(account)) &&
    (!label || row.labels.some((one) => foldLabel(one) === foldLabel(label))) &&
    (unread !== true || !row.flags.includes('seen'));
  const number = (row: MailRow): number => Number.parseInt(row.id.slice(1).split('-')[0] ?? '', 36);
  const rows = all.filter(fits).toSorted((a, b) => b.date.localeCompare(a.date) || number(b) - number(a));
  if (query.conversations !== true) return rows;
  const newest = rows.filter(
    (row, index) => rows.findIndex((one) => one.threadId === row.threadId) === index,
  );
  return newest.map((row) => {
    const thread = all.filter((one) => one.threadId === row.threadId && one.mailbox === row.mailbox);
    return {
      ...row,
      thread: { count: thread.length, unread: thread.filter((one) => !one.flags.includes('seen')).length },
    };
  });
}

for (const name of ENGINES) {
  describe(`pages on ${name}`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    const user = newUser();
    let ids: string[];
    let all: MailRow[];
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
      const batch = Array.from({ length: COUNT }, (_, index) =>
        incoming(write(index), {
          account: index % 3 === 0 ? 'acc_b' : 'acc_a',
          mailbox: MAILBOXES[Math.floor(index / 2) % 3] ?? '',
          flags: index % 5 < 2 ? ['seen'] : [],
          labels: index % 3 === 1 ? ['Work', 'Año'] : [],
        }),
      );
      ids = (await rig.mails.ingestMails(user, batch)).map((one) => one.mailId);
      await rig.mails.ingestMails(
        user,
        [3, 6, 9].map((index) => incoming(write(index), { account: 'acc_c' })),
      );
      await rig.mails.move(user, ids.slice(40, 44), 'mbx_own');
      all = await rig.mails.readRows(user, ids);
    });
    after(async () => {
      await rig.stop();
      await engine.stop();
    });

    for (const mailbox of ['mbx_inbox', 'mbx_own', null]) {
      for (const account of [null, 'acc_b', 'acc_c']) {
        for (const label of [null, 'año']) {
          if (mailbox === null && label === null) continue;
          for (const unread of [false, true]) {
            for (const conversations of [false, true]) {
              const query = { mailbox, account, label, unread, conversations };
              test(JSON.stringify(query), async () => {
                const mails: MailRow[] = [];
                let cursor: string | null = null;
                let total = 0;
                let unreadCount = 0;
                do {
                  const page = await rig.mails.readPage(user, { ...query, limit: 4, after: cursor });
                  mails.push(...page.mails);
                  cursor = page.next;
                  total = page.total;
                  unreadCount = page.unread;
                } while (cursor !== null);
                assert.deepEqual(mails, listPlainly(all, query));
                const plain = listPlainly(all, { ...query, conversations: false });
                assert.deepEqual(
                  [total, unreadCount],
                  [plain.length, plain.filter((row) => !row.flags.includes('seen')).length],
                );
              });
            }
          }
        }
      }
    }

    test('without a mailbox and a label it is the Inbox', async () => {
      const page = await rig.mails.readPage(user, { mailbox: null, account: null, limit: 500, after: null });
      assert.deepEqual(page.mails, listPlainly(all, { mailbox: 'mbx_inbox', account: null }));
    });

    test('a conversation is shown whole, oldest first, by its id and by any of its mails', async () => {
      const expected = all
        .filter((row) => row.threadId === all[8]?.threadId)
        .toSorted((a, b) => a.date.localeCompare(b.date));
      assert.equal(expected.length, 4);
      assert.ok(new Set(expected.map((row) => row.mailbox)).size > 1);
      for (const id of [all[8]?.threadId, all[10]?.id]) {
        assert.deepEqual(await rig.mails.showThread(user, id ?? ''), expected);
      }
      await assert.rejects(rig.mails.showThread(newUser(), all[8]?.threadId ?? ''), { code: 'not-found' });
    });

    test('a conversation that was merged away is found by its former id', async () => {
      const other = newUser();
      const add = async (index: number, more: string[] = []): Promise<string> => {
        const source = write(index)
          .replace(/References: .*\r\n/, '')
          .replace('\r\n\r\n', `\r\n${more.join('\r\n')}\r\n\r\n`);
        return (await rig.mails.ingestMails(other, [incoming(source)]))[0]?.mailId ?? '';
      };
      const first = await add(1, ['X: 1']);
      const second = await add(2, ['X: 2']);
      const former = (await rig.mails.readRows(other, [second]))[0]?.threadId ?? '';
      await add(3, ['References: <m1@x.test> <m2@x.test>']);
      const shown = await rig.mails.showThread(other, former);
      assert.equal(shown.length, 3);
      assert.ok(shown.some((row) => row.id === first));
    });
  });
}
