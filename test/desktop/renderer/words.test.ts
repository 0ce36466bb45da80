import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addAddresses,
  looksLikeAddress,
  parseAddresses,
} from '../../../desktop/renderer/composer/people/addresses.ts';
import { chipName, colourOf } from '../../../desktop/renderer/mail/colours.ts';
import { formatAddress, initialsOf, nameOf } from '../../../desktop/renderer/mail/people.ts';
import { cutWindow, findScroll } from '../../../desktop/renderer/mail/list/row-window.ts';
import { judgeLink, readTarget } from '../../../desktop/renderer/reader/links/links.ts';
import { linkText, splitQuotes } from '../../../desktop/renderer/reader/body/plain-text.ts';
import { formatRoute, parseRoute } from '../../../desktop/renderer/shell/parse-route.ts';
import { formatAgo } from '../../../desktop/renderer/text/format-more.ts';

describe('recipients as they are typed', () => {
  const table: [string, [string | null, string][]][] = [
    ['a@b.test', [[null, 'a@b.test']]],
    ['Ana Ruiz <a@b.test>', [['Ana Ruiz', 'a@b.test']]],
    [
      '"Ruiz, Ana" <a@b.test>, c@d.test',
      [
        ['Ruiz, Ana', 'a@b.test'],
        [null, 'c@d.test'],
      ],
    ],
    [
      'a@b.test; c@d.test\nx',
      [
        [null, 'a@b.test'],
        [null, 'c@d.test'],
        [null, 'x'],
      ],
    ],
    ['José Núñez <jose@ñandú.example', [['José Núñez', 'jose@ñandú.example']]],
    [' , ;', []],
  ];
  for (const [text, wanted] of table) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        parseAddresses(text).map(({ name, address }) => [name, address]),
        wanted,
      );
    });
  }
  it('stand once each, whatever their case', () => {
    const list = addAddresses(parseAddresses('a@b.test'), parseAddresses('A@B.test, c@d.test, c@d.test'));
    assert.deepEqual(
      list.map(({ address }) => address),
      ['a@b.test', 'c@d.test'],
    );
  });
  it('are told from what cannot be an address', () => {
    for (const good of ['a@b.test', 'ana+x@correo.example', 'ñ@ñandú.example', 'root@localhost']) {
      assert.ok(looksLikeAddress(good), good);
    }
    for (const bad of ['a', '@b.test', 'a@', 'a b@c.test', 'a@b@c.test', 'a@b.', '<a@b.test>']) {
      assert.ok(!looksLikeAddress(bad), bad);
    }
  });
  it('are written so that they can be read again', () => {
    for (const one of [
      { name: 'Ruiz, Ana "la jefa"', address: 'a@b.test' },
      { name: 'José', address: 'j@b.test' },
    ]) {
      assert.deepEqual(parseAddresses(formatAddress(one)), [one]);
    }
    assert.equal(initialsOf({ name: 'Ana María Ruiz', address: '' }), 'AR');
    assert.equal(initialsOf({ name: null, address: 'no-reply@x.test' }), 'NR');
  });
});

describe('what somebody is called', () => {
  for (const [name, address, called] of [
    ['Ana Ruiz', 'a@b.test', 'Ana Ruiz'],
    [null, 'a@b.test', 'a@b.test'],
    ['A@B.test', 'a@b.test', 'A@B.test'],
    ['help@bank.test', 'm@evil.test', 'm@evil.test'],
    ["'<help@bank.test>'", 'm@evil.test', 'm@evil.test'],
    ['help@bank.test', '', 'help@bank.test'],
    ['Ana (a@b.test) by a list', 'list@c.test', 'Ana (a@b.test) by a list'],
  ] as const) {
    it(`${name} of ${address}: ${called}`, () => assert.equal(nameOf({ name, address }), called));
  }
});

describe('links of a mail', () => {
  const table: [string, string, string | null][] = [
    ['https://bank.example/login', 'https://bank.example/login?x=1', null],
    ['www.bank.example', 'https://bank.example/', null],
    ['bank.example', 'http://bank.example.evil.test/', 'mismatch'],
    ['https://bank.example', 'https://evil.test/bank.example', 'mismatch'],
    ['https://bank.example', 'https://bank.example@evil.test/', 'mismatch'],
    ['Click here', 'https://evil.test/', null],
    ['Click here', 'https://xn--pypal-4ve.example/', 'mixed'],
    ['bücher.example', 'https://xn--bcher-kva.example/', 'mixed'],
    ['write@me.example', 'mailto:write@me.example', null],
    ['bank\u200b.exam\u00adple', 'https://evil.test/', 'mismatch'],
    ['ｂａｎｋ．example', 'https://evil.test/', 'mismatch'],
    ['\u202eelpmaxe.knab//:sptth', 'https://evil.test/', 'mismatch'],
    ['Sign in at https://bank.example/login now', 'https://evil.test/', 'mismatch'],
    ['Sign in at https://bank.example/login now', 'https://www.bank.example/', null],
    ['Read on (https://me@here.example)', 'https://there.example/', null],
  ];
  for (const [text, href, kind] of table) {
    it(`${text} to ${href}`, () => assert.equal(judgeLink(text, href)?.kind ?? null, kind));
  }
  it('lead only to pages and mail addresses', () => {
    for (const bad of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'valija://msg/x',
      '/relative',
      '//host/x',
      'vbscript:x',
      'blob:http://x/1',
    ]) {
      assert.equal(readTarget(bad), null, bad);
    }
  });
});

describe('plain text', () => {
  it('finds links and leaves the punctuation after them', () => {
    const links = (text: string): string[] =>
      linkText(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
    assert.deepEqual(links('See https://a.example/x_(y), or (https://b.example/z).'), [
      'https://a.example/x_(y)',
      'https://b.example/z',
    ]);
    assert.deepEqual(links('Write to ana@example.test!'), ['mailto:ana@example.test']);
    assert.deepEqual(links('javascript:alert(1) data:text/html,x'), []);
  });
  it('gives every character back', () => {
    const text = 'a https://b.example/c. <d@e.example>\n> f';
    assert.equal(
      linkText(text)
        .map((piece) => piece.text)
        .join(''),
      text,
    );
  });
  it('folds what is quoted with the line that announces it, but never all', () => {
    const text = 'Yes.\n\nOn Mon, 16 Nov 2026 at 10:12, Ana wrote:\n> Shall we?\n>\n> Ana\n';
    assert.deepEqual(
      splitQuotes(text).map(({ kind }) => kind),
      ['words', 'quote'],
    );
    assert.deepEqual(
      splitQuotes('El lun, 16 nov, Ana escribió:\n> hola\n').map(({ kind }) => kind),
      ['words'],
    );
    assert.deepEqual(
      splitQuotes('> only\n> quotes').map(({ kind }) => kind),
      ['words'],
    );
  });
  it('is quick with long lines', () => {
    const began = performance.now();
    linkText('a@'.repeat(50_000));
    linkText(`https://${'('.repeat(50_000)}`);
    splitQuotes('On '.repeat(50_000));
    assert.ok(performance.now() - began < 20_000);
  });
});

describe('places in the address', () => {
  it('are read as they are written', () => {
    for (const route of [
      { view: 'mail', box: 'inbox', account: null, mail: null, draft: null, query: null },
      { view: 'mail', box: 'mbx_1', account: 'acc_1', mail: 'm1-2', draft: 'new', query: null },
      { view: 'mail', box: 'search', account: null, mail: 'm1', draft: null, query: 'from:ana & "x y"' },
      { view: 'settings', section: 'accounts', item: 'new', page: null },
      { view: 'settings', section: 'accounts', item: 'acc_1', page: 'edit' },
    ] as const) {
      assert.deepEqual(parseRoute(formatRoute(route)), route);
    }
  });
  it('survive nonsense', () => {
    for (const hash of ['', '#', '#/', '#/%', '#/%E0%A4%A', '#//?account', '#/settings/nonsense/x']) {
      assert.ok(['mail', 'settings'].includes(parseRoute(hash).view), hash);
    }
  });

  it('leads from an invitation to the inbox', () => {
    assert.deepEqual(parseRoute('#/register?invite=CODE'), parseRoute(''));
  });
});

describe('accounts and rows', () => {
  it('have chips as short as tells them apart', () => {
    const accounts = [
      { id: '1', email: 'ana@gmail.com' },
      { id: '2', email: 'ana.ruiz@gmail.com' },
      { id: '3', email: 'ana@work.example' },
    ];
    assert.deepEqual(
      accounts.map(({ id }) => chipName(accounts, id)),
      ['ana@gmail.com', 'ana.ruiz', 'work.example'],
    );
    assert.equal(new Set(accounts.map(({ id }) => colourOf(accounts, id))).size, 3);
  });
  it('stay in the page only while they are in sight', () => {
    assert.deepEqual(cutWindow({ top: 0, height: 440 }, 44, 10_000), { start: 0, end: 18 });
    assert.deepEqual(cutWindow({ top: 4400, height: 440 }, 44, 10_000), { start: 92, end: 118 });
    assert.deepEqual(cutWindow({ top: 99_999, height: 440 }, 44, 5), { start: 5, end: 5 });
    assert.equal(findScroll({ top: 0, height: 440 }, 44, 5), 0);
    assert.equal(findScroll({ top: 0, height: 440 }, 44, 20), 484);
    assert.equal(findScroll({ top: 880, height: 440 }, 44, 3), 132);
  });
});

describe('how long ago', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const ago = (seconds: number, language: 'en' | 'es' = 'en'): string =>
    formatAgo(new Date(now - seconds * 1000).toISOString(), now, language);

  it('is now within a minute, and where the screen’s clock is half a minute late', () => {
    assert.equal(ago(0), 'now');
    assert.equal(ago(59), 'now');
    assert.equal(ago(-30, 'es'), 'ahora');
  });

  it('counts whole minutes, hours and days, and what comes soon as a minute', () => {
    assert.equal(ago(61), '1 minute ago');
    assert.equal(ago(7300, 'es'), 'hace 2 horas');
    assert.equal(ago(-45), 'in 1 minute');
    assert.equal(ago(-90_000), 'tomorrow');
  });
});
