import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { MailError } from '../../../common/errors.ts';
import type { Search } from '../../../storage-server/search/search.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, newUser, startMailRig } from '../mail-rig.ts';
import { findSubjects, startRigSearch, writeMail } from './search-rig.ts';

const ATTACHED =
  'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee the file\r\n--b\r\nContent-Type: application/pdf\r\n' +
  'Content-Disposition: attachment; filename="=?utf-8?q?Presupuesto_a=C3=B1o.pdf?="\r\n\r\nx\r\n--b--\r\n';
/** Named by their subject's first letter, the oldest first. */
const MAILS = [
  writeMail({ Subject: 'A', Date: 'Thu, 1 Jan 2026 10:00:00 +0000' }, 'Le envío la Información que pidió.'),
  writeMail(
    { Subject: 'B', From: 'José Pérez <jose@empresa.example>', Date: 'Sun, 1 Feb 2026 10:00:00 +0000' },
    'Hola',
  ),
  writeMail({ Subject: 'C', Date: 'Sun, 1 Mar 2026 10:00:00 +0000' }, '私は東京都にいる。'),
  writeMail(
    { Subject: 'D', Date: 'Wed, 1 Apr 2026 10:00:00 +0000' },
    'We run every day, and the quick brown fox.',
  ),
  writeMail(
    { Subject: 'E', Date: 'Fri, 1 May 2026 10:00:00 +0000', Cc: 'Boss <boss@big.example>' },
    'The fox is brown and quick.',
  ),
  Buffer.from(`Subject: F\r\nFrom: a@b.example\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n${ATTACHED}`),
  writeMail(
    {
      Subject: 'G running late',
      Date: 'Wed, 1 Jul 2026 10:00:00 +0000',
      'Content-Type': 'text/html; charset=utf-8',
    },
    `<style>hidden{}</style><p>ge<b>heim</b>nis</p><a href="https://tracker.example/xyz">aqu&iacute;</a>${' '.repeat(5000)}`,
  ),
  writeMail(
    { Subject: 'H', To: 'Ana <ana@otro.example>', Date: 'Sat, 1 Aug 2026 10:00:00 +0000' },
    'reuniones con fecha',
  ),
];
const LABELS: Record<number, string[]> = { 0: ['Viaje'], 3: ['A la cena'], 7: ['viaje', 'x'] };
const CASES: [string, string][] = [
  ['informaciones', 'A'],
  ['información', 'A'],
  ['INFORMACION', 'A'],
  ['jose', 'B'],
  ['josé pérez', 'B'],
  ['東京', 'C'],
  ['東', 'C'],
  ['京都', 'C'],
  ['東都', ''],
  ['running', 'GD'],
  ['run', 'GD'],
  ['"running"', 'G'],
  ['"quick brown fox"', 'D'],
  ['quick brown fox', 'ED'],
  ['"brown quick"', ''],
  ['fox -day', 'E'],
  ['fox -"quick brown"', 'E'],
  ['jose OR informaciones', 'BA'],
  ['(jose OR fox) -day', 'EB'],
  ['fox (day OR boss)', 'ED'],
  ['from:jose', 'B'],
  ['from:empresa.example', 'B'],
  ['from:hola', ''],
  ['to:ana', 'H'],
  ['cc:boss', 'E'],
  ['to:boss', ''],
  ['subject:run', 'G'],
  ['subject:fox', ''],
  ['presupuesto', 'F'],
  ['has:attachment', 'F'],
  ['-has:attachment fox', 'ED'],
  ['geheimnis', 'G'],
  ['hidden', ''],
  ['tracker', ''],
  ['aquí', 'G'],
  ['reunión', 'H'],
  ['before:2026-03-01', 'BA'],
  ['after:2026-07', 'HG'],
  ['after:2026-03-01 before:2026-04-02', 'DC'],
  ['larger:4k', 'G'],
  ['is:unread', 'HGFECBA'],
  ['is:flagged', 'D'],
  ['in:archive', 'E'],
  ['in:Archive/Own', 'B'],
  ['-in:inbox', 'EB'],
  ['inf*', 'A'],
  ['fox is:read', 'D'],
  ['fox OR in:Own', 'EDB'],
  ['-fox -is:unread', ''],
  ['smaller:4k', 'HFEDCBA'],
  ['filename:presupuestos', 'F'],
  ['archivo:fox', ''],
  ['label:viaje', 'HA'],
  ['etiqueta:"A la Cena"', 'D'],
  ['-label:viaje -is:unread', 'D'],
  ['de:jose', 'B'],
  ['para:ana es:noleído', 'H'],
  ['tiene:adjunto', 'F'],
  ['en:archivo', 'E'],
  ['en:entrada fox', 'D'],
  ['antes:2026-03-01 hola', 'B'],
  ['después:2026-07', 'HG'],
  ['mayor:4k', 'G'],
  ['corazones coraz&oacute;n', ''],
  ['jose O informaciones', 'BA'],
];

for (const name of ENGINES)
  describe(`what is found (${name})`, { skip: missingEngine(name) }, () => {
    let engine: TestEngine;
    let rig: MailRig;
    let search: Search;
    const user = newUser();
    let ids: string[];
    before(async () => {
      engine = await startEngine(name);
      rig = await startMailRig(engine);
      search = await startRigSearch(rig);
      ids = (
        await rig.mails.ingestMails(
          user,
          MAILS.map((mail, index) => incoming(mail, { labels: LABELS[index] ?? [] })),
        )
      ).map(({ mailId }) => mailId);
      await rig.mails.flag(user, [ids[3]!], ['flagged', 'seen'], []);
      await rig.mails.move(user, [ids[4]!], 'archive');
      await rig.mails.move(user, [ids[1]!], 'mbx_own');
      await search.settle(user);
    });
    after(async () => {
      await search.stop();
      await rig.stop();
      await engine.stop();
    });
    const letters = async (query: string, limit?: number): Promise<string> =>
      (await findSubjects(search, user, query, limit)).map((subject) => subject[0]).join('');

    for (const [query, expected] of CASES) {
      test(query, async () => {
        assert.equal(await letters(query), expected);
        assert.equal(await letters(query, 1), expected, 'page by page');
        const { total } = await search.find(user, { query, limit: 1, after: null, timeZone: null });
        assert.equal(total, expected.length);
      });
    }

    test('another user finds nothing of it', async () => {
      assert.deepEqual(await findSubjects(search, newUser(), 'fox'), []);
    });

    test('what cannot be looked for is refused', async () => {
      const refuse = async (
        query: string,
        code: string,
        reason: string | null,
        after: string | null = null,
      ) =>
        await assert.rejects(
          search.find(user, { query, limit: 5, after, timeZone: null }),
          (error: MailError) => error.code === code && error.reason === reason,
        );
      await refuse('in:nowhere', 'not-found', 'mailbox');
      await refuse('account:nobody', 'not-found', 'account');
      await refuse('', 'invalid', 'search-empty');
      await refuse('fox', 'invalid', null, '!');
    });

    test('changes of a row are results at once', async () => {
      await rig.mails.flag(user, [ids[3]!], [], ['seen']);
      assert.equal(await letters('fox is:unread'), 'ED');
      await rig.mails.flag(user, [ids[3]!], ['seen'], []);
      assert.equal(await letters('fox is:unread'), 'E');
      await rig.mails.move(user, [ids[3]!], 'trash');
      assert.equal(await letters('fox in:trash'), 'D');
      await rig.mails.remove(user, [ids[3]!]);
      assert.equal(await letters('fox'), 'E');
      assert.equal(await letters('fox OR hola'), 'EB');
    });

    test('a draft that is written again is found by its new words only', async () => {
      const [draft] = await rig.mails.ingestMails(user, [
        incoming(writeMail({ Subject: 'X' }, 'firstversion'), { account: null, mailbox: 'mbx_drafts' }),
      ]);
      assert.equal(await letters('firstversion'), 'X');
      await rig.mails.replaceMail(user, draft!.mailId, {
        source: writeMail({ Subject: 'Y' }, 'secondversion'),
        received: Date.now(),
        flags: null,
        sendKey: null,
      });
      assert.equal(await letters('firstversion'), '');
      assert.equal(await letters('secondversion'), 'Y');
    });
  });
