import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Search } from '../../../storage-server/search/search.ts';
import { readTyped } from '../../../storage-server/search/suggest/read-typed.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, newUser, startMailRig } from '../mail-rig.ts';
import { startRigSearch, writeMail } from './search-rig.ts';

const TYPED: [string, { head: string; written: string; begin: string }][] = [
  ['', { head: '', written: '', begin: '' }],
  ['hola', { head: '', written: '', begin: 'hola' }],
  ['hola MÁ', { head: 'hola ', written: '', begin: 'ma' }],
  ['from:Jo', { head: '', written: 'from:', begin: 'jo' }],
  ['a -(De:jo', { head: 'a -(', written: 'De:', begin: 'jo' }],
  ['in:"Own/De', { head: '', written: 'in:', begin: 'own/de' }],
  ['in:"a b" ', { head: 'in:"a b" ', written: '', begin: '' }],
  ['re:x', { head: '', written: '', begin: 're:x' }],
  ['x "two wo', { head: 'x ', written: '', begin: 'two wo' }],
];

describe('what is being typed', () => {
  for (const [text, expected] of TYPED) {
    test(text, () => {
      const { head, written, begin } = readTyped(text);
      assert.deepEqual({ head, written, begin }, expected);
    });
  }
});

for (const name of ENGINES)
  describe(`suggestions (${name})`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    let search: Search;
    const user = newUser();
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
      search = await startRigSearch(rig);
      const ana = { From: 'Ana Gómez <ana@shop.example>' };
      const mails = [
        incoming(writeMail(ana, 'factura'), { labels: ['Facturas 2026'] }),
        incoming(writeMail({ ...ana, Subject: '2' }, 'facturas'), { labels: ['Facturas 2026'] }),
        incoming(writeMail({ From: 'Anton <anton@x.example>' }, 'factory')),
      ];
      await rig.mails.ingestMails(user, mails);
      await search.settle(user);
    });
    after(async () => {
      await search.stop();
      await rig.stop();
      await engine.stop();
    });
    const suggest = async (text: string, who = user): Promise<string[]> =>
      (await search.suggest(who, text)).map(
        ({ kind, completion, count }) => `${kind} ${completion}${count === null ? '' : `(${count})`}`,
      );

    test('people by any word of their name, those who write most first', async () => {
      assert.deepEqual(await suggest('from:an'), [
        'sender from:ana@shop.example (2)',
        'sender from:anton@x.example (1)',
      ]);
      assert.deepEqual(await suggest('hola de:gomez'), ['sender hola de:ana@shop.example (2)']);
      assert.ok((await suggest('anto')).includes('sender from:anton@x.example (1)'));
      assert.deepEqual(await suggest('from:%'), []);
    });

    test('mailboxes, labels, words and operators', async () => {
      assert.deepEqual(await suggest('in:ow'), ['mailbox in:Archive/Own ']);
      assert.deepEqual(await suggest('en:papel'), ['mailbox en:Trash ']);
      assert.deepEqual(await suggest('x -label:fac'), ['label x -label:"Facturas 2026" (2)']);
      const all = await suggest('fact');
      assert.ok(all.includes('word factura (1)') && all.includes('word facturas (1)'), all.join());
      assert.ok(all.includes('label label:"Facturas 2026" (2)'));
      assert.deepEqual(await suggest('befo'), ['operator before:']);
      assert.deepEqual(await suggest('adju'), ['operator adjunto:']);
      assert.deepEqual(await suggest('is:unr'), ['operator is:unread ']);
      assert.deepEqual(await suggest('es:nolei'), ['operator es:noleido ']);
      assert.deepEqual(await suggest('has:'), ['operator has:attachment ']);
      assert.deepEqual(await suggest('before:20'), []);
    });

    test('what was looked for lately, the last first, twenty at most and of its user alone', async () => {
      for (let number = 0; number < 25; number++) await search.remember(user, `Pedido ${number}`);
      await search.remember(user, ' Pedido 7 ');
      await search.remember(user, 'x'.repeat(500));
      assert.equal((await suggest('pedido'))[0], 'recent Pedido 7');
      const rows = await rig.db.read.all('SELECT query FROM search_recent WHERE user_id = ?', [user]);
      assert.ok(rows.length <= 20, String(rows.length));
      assert.deepEqual(await suggest('pedido', newUser()), []);
    });

    test('nothing that is typed fails', async () => {
      for (const text of ['"', '-', '(', 'from:"', ':::', '*', '😀', '\u0000', 'in:', 'a OR', 'から']) {
        assert.ok(Array.isArray(await suggest(text)), text);
      }
    });
  });
