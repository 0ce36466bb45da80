import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import { compareDerived } from '../../../storage-server/keeping/derived-store.ts';
import { DerivedLists } from '../../../storage-server/keeping/derived-lists.ts';
import type { IncomingMail } from '../../../storage-server/mail/ingest/ingest.ts';
import { STATE_COLUMNS, type MailState } from '../../../storage-server/mail/mail-state.ts';
import { ENGINES, type TestEngine, missingEngine, startEngine } from '../../harness/engines.ts';
import { type MailRig, NOW, incoming, newUser, startMailRig } from '../mail-rig.ts';

interface Message {
  id: string;
  subject?: string;
  from?: string;
  to?: string;
  at?: number;
  refs?: string[];
}

function write({
  id,
  subject = 'Garden plan',
  from = 'ana@x.test',
  to = 'me@x.test',
  at = 0,
  refs = [],
}: Message): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${new Date(NOW - 40 * DAY + at).toUTCString()}`,
    `Message-ID: <${id}@x.test>`,
    ...(refs.length === 0 ? [] : [`References: ${refs.map((one) => `<${one}@x.test>`).join(' ')}`]),
    '',
    `text of ${id}`,
  ].join('\r\n');
}

for (const name of ENGINES) {
  describe(`conversations on ${name}`, { skip: missingEngine(name) }, () => {
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

    const add = async (
      user: string,
      messages: Message[],
      change: Partial<IncomingMail> = {},
    ): Promise<string[]> =>
      (
        await rig.mails.ingestMails(
          user,
          messages.map((one) => incoming(write(one), change)),
        )
      ).map((one) => one.mailId);
    /** Mails that are one conversation have the same letter. */
    const group = async (user: string, ids: string[]): Promise<string> => {
      const threads = (await rig.mails.readRows(user, ids)).map((row) => row.threadId);
      const seen = [...new Set(threads)];
      return threads.map((thread) => 'abcdefgh'[seen.indexOf(thread)]).join('');
    };
    /** Everything that is kept besides the rows is what a recount of the rows gives. */
    const recount = async (user: string): Promise<void> => {
      const lists = new DerivedLists();
      const rows = await rig.db.read.all<MailState>(`SELECT ${STATE_COLUMNS} FROM mail WHERE user_id = ?`, [
        user,
      ]);
      for (const row of rows) lists.add(row);
      assert.deepEqual(Object.fromEntries(await compareDerived(rig.db.read, user, lists)), {});
    };

    const answer = { id: 'a', subject: 'Re: Garden plan', from: 'me@x.test', to: 'ana@x.test', at: HOUR };
    const orders: [string, Message[][], string][] = [
      ['by subject, in one batch', [[{ id: 'o' }, answer]], 'aa'],
      ['by subject, one after the other', [[{ id: 'o' }], [answer]], 'aa'],
      ['by subject, the answer first', [[answer], [{ id: 'o' }]], 'aa'],
      ['by subject, the answer first, in one batch', [[answer, { id: 'o' }]], 'aa'],
      [
        'the answer found its original: the next one of that subject is another',
        [[answer], [{ id: 'o' }], [{ id: 'p' }]],
        'aab',
      ],
      [
        'an answer to what is not here, without a prefix',
        [[{ id: 'o' }, { ...answer, subject: 'Garden plan', refs: ['x'] }]],
        'aa',
      ],
      [
        'never by a general subject',
        [
          [
            { id: 'o', subject: 'Hola' },
            { ...answer, subject: 'Re: Hola' },
          ],
        ],
        'ab',
      ],
      ['not after the window', [[{ id: 'o' }, { ...answer, at: 31 * DAY }]], 'ab'],
      ['not between other people', [[{ id: 'o' }, { ...answer, from: 'bea@x.test', to: 'me@x.test' }]], 'ab'],
      [
        'a mail that belongs to two makes them one',
        [
          [
            { id: '1', subject: 'One plan' },
            { id: '2', subject: 'Two plans' },
          ],
          [{ id: '3', refs: ['1', '2'] }],
        ],
        'aaa',
      ],
      [
        'the same in one batch',
        [
          [
            { id: '1', subject: 'One plan' },
            { id: '2', subject: 'Two plans' },
            { id: '3', refs: ['1', '2'] },
          ],
        ],
        'aaa',
      ],
      [
        'what was merged is found by either end, and merged again',
        [
          [
            { id: '1', subject: 'One plan' },
            { id: '2', subject: 'Two plans' },
            { id: '4', subject: 'Four plans' },
          ],
          [{ id: '3', refs: ['1', '2'] }],
          [{ id: '5', refs: ['2', '4'] }],
          [
            { id: '6', refs: ['1'] },
            { id: '7', refs: ['4'] },
          ],
        ],
        'aaaaaaa',
      ],
    ];
    for (const [title, batches, expected] of orders) {
      test(title, async () => {
        const user = newUser();
        const ids: string[] = [];
        for (const batch of batches) ids.push(...(await add(user, batch)));
        assert.equal(await group(user, ids), expected);
        await recount(user);
      });
    }

    test('mails that were merged are told as changed', async () => {
      const user = newUser();
      const ids = await add(user, [
        { id: '1', subject: 'One plan' },
        { id: '2', subject: 'Two plans' },
      ]);
      const since = await rig.mails.readModseq(user);
      const [third] = await add(user, [{ id: '3', refs: ['1', '2'] }]);
      const { mails } = await rig.mails.readChanges(user, since);
      assert.deepEqual(new Set(mails.map((row) => row.id)), new Set([ids[1], third]));
      assert.equal(mails.length, 2);
    });

    test('whatever is done to mails, counters, labels and conversations are as a recount makes them', async () => {
      const user = newUser();
      const chain = Array.from({ length: 6 }, (_, index) => ({
        id: `m${index}`,
        at: index * HOUR,
        refs: index === 0 ? [] : [`m${index - 1}`],
      }));
      const ids = await add(user, chain, { labels: ['Work'] });
      const others = await add(user, [
        { id: 'x', subject: 'Another thing' },
        { id: 'y', subject: 'One more' },
      ]);
      await rig.mails.flag(user, ids.slice(2), ['seen'], []);
      await recount(user);
      await rig.mails.move(user, ids.slice(4), 'trash');
      await recount(user);
      await rig.mails.move(user, [...ids.slice(0, 2), others[0] ?? ''], 'archive');
      await recount(user);
      await rig.mails.remove(user, ids.slice(5));
      await recount(user);
      await add(user, [{ id: 'late', refs: ['m0', 'x'] }], { account: 'acc_b', mailbox: 'mbx_own' });
      await recount(user);
      await add(user, chain.slice(1, 3), { account: 'acc_b' });
      await recount(user);
      await rig.mails.move(user, ids.slice(4, 5), 'inbox');
      await recount(user);
    });

    test('a draft that is saved again and sent', async () => {
      const user = newUser();
      const [original] = await add(user, [{ id: 'o' }]);
      const [draft] = await add(user, [{ id: 'd', subject: 'New' }], {
        account: null,
        mailbox: 'mbx_drafts',
        flags: ['draft'],
      });
      const source = Buffer.from(write({ ...answer, id: 'd', refs: ['o'] }));
      const content = { source, received: NOW, flags: null, sendKey: null };
      await rig.mails.replaceMail(user, draft ?? '', content);
      await recount(user);
      await rig.mails.replaceMail(user, draft ?? '', { ...content, mailbox: 'mbx_sent' });
      await recount(user);
      const [more] = await add(user, [{ id: 'e', refs: ['d'] }]);
      assert.equal(await group(user, [original ?? '', draft ?? '', more ?? '']), 'aaa');
    });
  });
}
