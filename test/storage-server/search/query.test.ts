import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { matchRow, mayMatch } from '../../../storage-server/search/query/match-row.ts';
import { parsePeriod } from '../../../storage-server/search/query/parse-period.ts';
import { parseQuery } from '../../../storage-server/search/query/parse-query.ts';
import { planQuery } from '../../../storage-server/search/query/plan-query.ts';
import type { Query } from '../../../storage-server/search/query/query.ts';

/** Short to write down: `~` for any form of the word, `*` for any end of it. */
function say(query: Query): string {
  switch (query.kind) {
    case 'and':
      return `(${query.of.map(say).join(' & ')})`;
    case 'or':
      return `(${query.of.map(say).join(' | ')})`;
    case 'not':
      return `!${say(query.of)}`;
    case 'text': {
      const field = query.field === null ? '' : `${query.field}:`;
      return `${field}${query.words.join('+')}${query.prefix ? '*' : ''}${query.exact ? '' : '~'}`;
    }
    case 'mailbox':
    case 'account':
    case 'label':
      return `${query.kind}=${query.name}`;
    case 'before':
    case 'after':
      return `${query.kind}=${new Date(query.at).toISOString().slice(0, 10)}`;
    case 'larger':
    case 'smaller':
      return `${query.kind}=${query.bytes}`;
    case 'attachment':
      return 'attachment';
    default:
      return `${query.set ? '' : 'un'}${query.flag}`;
  }
}

const alone = (word: string): string[] => [word];

const QUERIES: [string, string][] = [
  ['hola', 'hola~'],
  ['Hola MUNDO', '(hola~ & mundo~)'],
  ['"Hola mundo"', 'hola+mundo'],
  ['“hola mundo”', 'hola+mundo'],
  ['"running"', 'running'],
  ['"never closed', 'never+closed'],
  ['jose@example.com', 'jose+example+com'],
  ['inf*', 'inf*'],
  ['東', '東*~'],
  ['東京', '東京~'],
  ['from:José', 'from:jose~'],
  ['FROM:jose', 'from:jose~'],
  ['from:"José Pérez" to:ana', '(from:jose+perez & to:ana~)'],
  ['cc:a@b.c subject:x', '(cc:a+b+c & subject:x~)'],
  ['in:inbox', 'mailbox=inbox'],
  ['in:"Own/Deep one"', 'mailbox=Own/Deep one'],
  ['account:me@example.org', 'account=me@example.org'],
  ['before:2026-03-05 after:2025', '(before=2026-03-05 & after=2025-01-01)'],
  ['before:2026/3', 'before=2026-03-01'],
  ['larger:10M', 'larger=10485760'],
  ['larger:1.5kb', 'larger=1536'],
  ['larger:200', 'larger=200'],
  ['has:attachment', 'attachment'],
  ['has:attachments', 'attachment'],
  ['is:unread', 'unseen'],
  ['is:read is:flagged', '(seen & flagged)'],
  ['smaller:2k filename:Informe', '(smaller=2048 & filename:informe~)'],
  ['label:work etiqueta:"casa vieja"', '(label=work & label=casa vieja)'],
  ['de:José para:ana asunto:x', '(from:jose~ & to:ana~ & subject:x~)'],
  ['tiene:adjunto en:Papelera cuenta:a@b.c', '(attachment & mailbox=Papelera & account=a@b.c)'],
  ['antes:2026-03-05 después:2025 DESPUES:2024', '(before=2026-03-05 & after=2025-01-01 & after=2024-01-01)'],
  ['mayor:1k menor:2k archivo:informe', '(larger=1024 & smaller=2048 & filename:informe~)'],
  ['es:noleído es:no-leido is:"sin leer"', '(unseen & unseen & unseen)'],
  ['es:leído es:destacado es:respondido', '(seen & flagged & answered)'],
  ['hola O adiós', '(hola~ | adios~)'],
  ['-spam', '!spam~'],
  ['hola -"buenos días" -from:ana', '(hola~ & !buenos+dias & !from:ana~)'],
  ['NOT spam', '!spam~'],
  ['- - a', 'a~'],
  ['--a', 'a~'],
  ['well-known', 'well+known'],
  ['a OR b', '(a~ | b~)'],
  ['a b OR c d', '((a~ & b~) | (c~ & d~))'],
  ['a AND b', '(a~ & b~)'],
  ['(a OR b) c', '((a~ | b~) & c~)'],
  ['-(a b)', '!(a~ & b~)'],
  ['((a))', 'a~'],
  ['a or b', '(a~ & or~ & b~)'],
  ['OR a OR', 'a~'],
  ['(a', 'a~'],
  ['a) b', '(a~ & b~)'],
  ['a () b', '(a~ & b~)'],
  ['a from: b', '(a~ & b~)'],
  ['re: hola', '(re~ & hola~)'],
  ['10:30', '10+30'],
  ['https://example.com/x', 'https+example+com+x'],
  ['a !!! b', '(a~ & b~)'],
  ['toString:x', 'tostring+x'],
  ['constructor', 'constructor~'],
  ['valueOf __proto__', '(valueof~ & proto~)'],
];
const REFUSED: [string, string][] = [
  ['', 'search-empty'],
  ['   ', 'search-empty'],
  ['!!! ()', 'search-empty'],
  ['from:', 'search-empty'],
  ['before:yesterday', 'search-value'],
  ['after:2026-02-30', 'search-value'],
  ['larger:big', 'search-value'],
  ['has:fun', 'search-value'],
  ['is:constructor', 'search-value'],
  ['a*', 'search-begin'],
  ['menor:poco', 'search-value'],
  ['('.repeat(30) + 'a', 'search-too-long'],
  ['a '.repeat(300), 'search-too-long'],
];

describe('a query', () => {
  for (const [text, expected] of QUERIES) {
    test(text, () => assert.equal(say(parseQuery(text, null)), expected));
  }
  for (const [text, reason] of REFUSED) {
    test(`refused: ${text.slice(0, 40)}`, () => {
      assert.throws(
        () => parseQuery(text, null),
        (error: MailError) => error.reason === reason && error.field === 'query',
      );
    });
  }
  test('any rubbish is read in time linear in its length, or refused', () => {
    for (const piece of ['"', '(', ')', '-', 'a:', 'OR ', '"a" ', 'from:"', '\u0000', '😀 ', '\ud800']) {
      try {
        planQuery(parseQuery(piece.repeat(1000), null), alone);
      } catch (error) {
        assert.ok(error instanceof MailError, String(error));
      }
    }
  });
});

test('days begin where the user is', () => {
  const at = (text: string, zone: string | null): string | null => {
    const found = parsePeriod(text, zone);
    return found === null ? null : new Date(found).toISOString().slice(0, 16);
  };
  assert.equal(at('2026-07-01', 'Europe/Madrid'), '2026-06-30T22:00');
  assert.equal(at('2026-01-01', 'Europe/Madrid'), '2025-12-31T23:00');
  assert.equal(at('2026-03-29', 'Europe/Madrid'), '2026-03-28T23:00');
  assert.equal(at('2026-03-30', 'Europe/Madrid'), '2026-03-29T22:00');
  assert.equal(at('2026', 'America/New_York'), '2026-01-01T05:00');
  assert.equal(at('2026-05', 'Asia/Kathmandu'), '2026-04-30T18:15');
  assert.equal(at('2026-05-06', null), '2026-05-06T00:00');
});

test('what is said of rows is judged without the words', () => {
  const row = {
    mailbox: 'mbx',
    date: 1000,
    size: 50,
    flags: 1,
    attachments: 0,
    accounts: ['acc'],
    labels: ['work'],
  };
  const flag = { kind: 'flag', flag: 'seen', set: false } as const;
  assert.equal(matchRow(flag, row), false);
  assert.equal(mayMatch(parseQuery('is:unread', null), row), false);
  assert.equal(mayMatch(parseQuery('-is:unread hola', null), row), true);
  assert.equal(mayMatch(parseQuery('is:unread OR hola', null), row), true);
  assert.equal(mayMatch(parseQuery('-(is:read OR hola)', null), row), false);
  assert.equal(mayMatch(parseQuery('-(is:unread hola)', null), row), true);
});

const PLANS: [string, { match: string | null; where: string }][] = [
  ['hola -mundo', { match: '(("hola")) NOT ((("mundo" OR "mundos")))', where: '1' }],
  ['hola larger:5', { match: '("hola")', where: '(doc.size > ?)' }],
  ['(a OR b) c', { match: '(("a") OR ("b")) AND ("c")', where: '1' }],
  ['-hola', { match: null, where: '(NOT doc.id IN (SELECT rowid FROM mail_text WHERE mail_text MATCH ?))' }],
  [
    'hola OR is:unread',
    {
      match: null,
      where: '((doc.id IN (SELECT rowid FROM mail_text WHERE mail_text MATCH ?)) OR ((doc.flags & ?) = 0))',
    },
  ],
  ['subject:"a b"', { match: '(subject : "a b")', where: '1' }],
];

describe('as much as can be is asked of the full-text table', () => {
  for (const [text, expected] of PLANS) {
    test(text, () => {
      const { match, where } = planQuery(parseQuery(text, null), (word) =>
        word === 'mundo' ? [word, 'mundos'] : [word],
      );
      assert.deepEqual({ match, where }, expected);
    });
  }
});
