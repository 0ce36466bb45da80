import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseQuery } from '../../../storage-server/search/query/parse-query.ts';
import type { Search } from '../../../storage-server/search/search.ts';
import { listSought } from '../../../storage-server/search/snippet/list-sought.ts';
import { cutSnippet } from '../../../storage-server/search/snippet/mark-text.ts';
import { listStems } from '../../../storage-server/search/text/stems.ts';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { type MailRig, incoming, newUser, startMailRig } from '../mail-rig.ts';
import { startRigSearch, writeMail } from './search-rig.ts';

/** The snippet with its marks as brackets. */
function show({ text, ranges }: { text: string; ranges: readonly (readonly [number, number])[] }): string {
  let shown = '';
  let at = 0;
  for (const [start, end] of ranges) {
    shown += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return shown + text.slice(at);
}

const long = 'lorem ipsum dolor sit amet '.repeat(20).trim();
const SNIPPETS: [string, string, string | null][] = [
  ['informaciones', 'La Información\n que  pidió', 'La [Información] que pidió'],
  ['jose', 'Don JOSÉ y Jose\u0301.', 'Don [JOSÉ] y [Jose\u0301].'],
  ['東京', '私は東京都にいる', '私は[東京]都にいる'],
  ['都', '私は東京都にいる', '私は東京[都に]いる'],
  ['"quick fox"', 'fox quick, quick fox', 'fox quick, [quick fox]'],
  ['inf*', 'el informe', 'el [informe]'],
  ['a -b', 'a b', '[a] b'],
  ['from:ana subject:x hola', 'ana x hola', 'ana x [hola]'],
  ['is:unread', 'hola', null],
  ['Straße', 'Die STRASSE', 'Die [STRASSE]'],
  ['fin', 'ﬁn 😀 fin', '[ﬁn] 😀 [fin]'],
  ['uno dos', `uno uno uno ${long} uno dos`, `…${long.slice(-50)} [uno] [dos]`],
  ['amet', long, null],
];

describe('a snippet', () => {
  for (const [query, text, expected] of SNIPPETS) {
    test(`${query} in ${text.slice(0, 30)}`, () => {
      const sought = listSought(parseQuery(query, null), (word) => [word, ...listStems(word)]);
      const found = cutSnippet(text, sought);
      if (query === 'amet') {
        assert.ok(found !== null && found.text.length <= 162 && found.ranges.length >= 5);
        for (const [start, end] of found.ranges) assert.equal(found.text.slice(start, end), 'amet');
      } else if (query === 'uno dos') {
        assert.match(show(found!), /^…\w.* \[uno\] \[dos\]$/);
      } else assert.equal(found === null ? null : show(found), expected);
    });
  }
  test('of any text takes time in proportion to its length', () => {
    const sought = listSought(parseQuery('東 a', null), (word) => [word]);
    for (const piece of ['東', 'a', 'a東', 'か\u3099', ' ', '\u0301']) {
      assert.ok((cutSnippet(piece.repeat(40_000), sought)?.text.length ?? 0) <= 162);
    }
  });
});

describe('snippets of what is found', () => {
  let engine: TestEngine;
  let rig: MailRig;
  let search: Search;
  const user = newUser();
  let ids: string[];
  before(async () => {
    engine = await startEngine('sqlite');
    rig = await startMailRig(engine);
    search = await startRigSearch(rig);
    const mails = [
      writeMail({ Subject: 'Reunión', From: 'José Pérez <jose@x.example>' }, `${long} las reuniones ${long}`),
      writeMail(
        { Subject: 'B', 'Content-Type': 'text/html; charset=utf-8' },
        '<style>reunion{}</style><p>ma&ntilde;ana <b>reuni&oacute;n</b><br>a las 5</p>',
      ),
      Buffer.from(
        'Subject: C\r\nContent-Type: application/pdf; name="acta reunion.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n',
      ),
    ];
    const stored = await rig.mails.ingestMails(
      user,
      mails.map((mail) => incoming(mail)),
    );
    ids = stored.map(({ mailId }) => mailId);
    await search.settle(user);
  });
  after(async () => {
    await search.stop();
    await rig.stop();
    await engine.stop();
  });

  test('show the words where they stand: in the text, else in the name of a file', async () => {
    const found = await search.readSnippets(user, 'reuniones OR from:jose', ids);
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
    assert.match(show(found[0]!), /^….*las \[reuniones\] lorem.*…$/);
    assert.deepEqual(found[0]!.subject, [[0, 7]]);
    assert.deepEqual(found[0]!.sender, [[0, 4]]);
    assert.equal(show(found[1]!), 'mañana [reunión] a las 5');
    assert.equal(show(found[2]!), 'acta [reunion].pdf');
  });

  test('of mails that are gone, or of another user, are left out or refused', async () => {
    await rig.mails.move(user, [ids[2]!], 'trash');
    await rig.mails.remove(user, [ids[2]!]);
    assert.equal((await search.readSnippets(user, 'reunion', ids)).length, 2);
    await assert.rejects(search.readSnippets(newUser(), 'reunion', [ids[0]!]), { code: 'not-found' });
  });
});
