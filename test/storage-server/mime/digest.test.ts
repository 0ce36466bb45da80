import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type MailDigest, digestMail } from '../../../storage-server/mime/digest.ts';
import { findBody } from '../../../storage-server/mime/split.ts';

const NOW = Date.UTC(2026, 10, 20, 12);

function digest(message: string | Buffer): MailDigest {
  const bytes = typeof message === 'string' ? Buffer.from(message, 'latin1') : message;
  const split = findBody(bytes);
  return digestMail(bytes.subarray(0, split), bytes.subarray(split), NOW);
}

/** UTF-8 bytes as a Latin-1 string, so that one table can hold any bytes. */
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const lines = (...all: string[]): string => all.join('\r\n');
const html = (body: string): string => lines('Content-Type: text/html; charset=utf-8', '', body);

const cases: { name: string; message: string; expected: Partial<MailDigest> }[] = [
  {
    name: 'an ordinary mail',
    message: lines(
      'From: Ana <ana@example.com>',
      'To: user@example.org',
      'Subject: Hello',
      'Date: Thu, 19 Nov 2026 10:00:00 +0100',
      '',
      'Good morning.',
      'Second line.',
    ),
    expected: {
      subject: 'Hello',
      from: [{ name: 'Ana', address: 'ana@example.com' }],
      to: [{ name: null, address: 'user@example.org' }],
      date: Date.UTC(2026, 10, 19, 9),
      snippet: 'Good morning. Second line.',
      attachments: 0,
      problem: null,
    },
  },
  {
    name: 'nothing at all',
    message: '',
    expected: { subject: '', from: [], problem: 'no-headers', date: NOW },
  },
  {
    name: 'no headers, text at once',
    message: 'Just some text\r\n\r\nand more of it.',
    expected: { problem: 'no-headers', snippet: 'Just some text and more of it.' },
  },
  {
    name: 'no headers, an empty line first',
    message: '\r\nText of it',
    expected: { problem: 'no-headers', snippet: 'Text of it' },
  },
  {
    name: 'headers without body or empty line',
    message: 'Subject: Only this\r\nFrom: a@example.com',
    expected: { subject: 'Only this', snippet: '', problem: null },
  },
  {
    name: 'bare LF as line end',
    message: 'Subject: Unix\nFrom: a@example.com\n\nbody\n',
    expected: { subject: 'Unix', snippet: 'body' },
  },
  {
    name: 'a damaged header line between good ones',
    message: lines('Subject: Kept', 'this is no header', 'From: a@example.com', '', 'x'),
    expected: {
      subject: 'Kept',
      from: [{ name: null, address: 'a@example.com' }],
      problem: 'header-damaged',
    },
  },
  {
    name: 'NULs in header and body',
    message: lines('Subject: a\u0000b', '', 'x\u0000y'),
    expected: { subject: 'a b', snippet: 'x y', problem: null },
  },
  {
    name: 'UTF-8 in a header without encoding',
    message: lines(utf8('Subject: ¿Qué tal, Zoë?'), '', ''),
    expected: { subject: '¿Qué tal, Zoë?' },
  },
  {
    name: 'Latin-1 in a header and an undeclared body',
    message: lines('Subject: caf\u00e9', '', 'ma\u00f1ana'),
    expected: { subject: 'café', snippet: 'mañana' },
  },
  {
    name: 'encoded words, folded, in pieces',
    message: lines('Subject: =?UTF-8?B?8J+YgA==?=', ' =?iso-8859-1?Q?_f=FCr?= you', '', ''),
    expected: { subject: '😀 für you' },
  },
  {
    name: 'a header line of 100,000 characters',
    message: lines(`Subject: ${'x'.repeat(100_000)}`, '', 'y'.repeat(100_000)),
    expected: { subject: 'x'.repeat(1000), snippet: 'y'.repeat(140) },
  },
  {
    name: 'groups and odd addresses',
    message: lines(
      'From: "Doe, Jane" <jane@example.com>',
      'To: Team: a@example.com, B <b@example.com>;',
      '',
      '',
    ),
    expected: {
      from: [{ name: 'Doe, Jane', address: 'jane@example.com' }],
      to: [
        { name: null, address: 'a@example.com' },
        { name: 'B', address: 'b@example.com' },
      ],
    },
  },
  {
    name: 'a missing date: the Received chain',
    message: lines('Received: from a by b; Wed, 18 Nov 2026 08:00:00 +0000', 'Subject: x', '', ''),
    expected: { date: Date.UTC(2026, 10, 18, 8) },
  },
  {
    name: 'a date in the far future: the Received chain',
    message: lines(
      'Date: Mon, 1 Jan 2035 00:00:00 +0000',
      'Received: from a by b; Wed, 18 Nov 2026 08:00:00 GMT',
      '',
      '',
    ),
    expected: { date: Date.UTC(2026, 10, 18, 8) },
  },
  {
    name: 'a date of 1970',
    message: lines('Date: Thu, 1 Jan 1970 00:00:00 +0000', '', ''),
    expected: { date: NOW },
  },
  { name: 'a senseless date', message: lines('Date: yesterday', '', ''), expected: { date: NOW } },
  {
    name: 'a date with two digits and a zone name',
    message: lines('Date: 5 Mar 04 10:20 EST', '', ''),
    expected: { date: Date.UTC(2004, 2, 5, 15, 20) },
  },
  {
    name: 'HTML: no styles, scripts, tags or comments in the snippet',
    message: html(
      '<html><head><title>T</title><style>p { color: red }</style></head><body><!-- hidden -->' +
        '<script>alert(1)</script><p onclick="x()">Hello &amp; <b>welcome</b>&nbsp;to&#32;it</p></body></html>',
    ),
    expected: { snippet: 'Hello & welcome to it', attachments: 0 },
  },
  {
    name: 'HTML that ends within a tag',
    message: html('<p>Hello</p><img src="http://example.com/a'),
    expected: { snippet: 'Hello' },
  },
  {
    name: 'HTML sent as plain text',
    message: lines('Content-Type: text/plain', '', '<html><body><p>Real words</p></body></html>'),
    expected: { snippet: 'Real words' },
  },
  {
    name: 'a newsletter’s invisible filling',
    message: html(`<p>Offer${'&zwnj;&nbsp;\u00e2\u0080\u008c&#847;'.repeat(50)}</p><p>Now</p>`),
    expected: { snippet: 'Offer Now' },
  },
  {
    name: 'a newsletter with a thousand tags and much indentation before its first word',
    message: html(`<body>${`\r\n${' '.repeat(40)}<table><tr><td>&zwnj;`.repeat(700)}First word</body>`),
    expected: { snippet: 'First word' },
  },
  {
    name: 'an answer: what is new before what is quoted',
    message: lines('', '> old', '> words', '', 'New words'),
    expected: { snippet: 'New words' },
  },
  {
    name: 'an answer under a long quotation',
    message: lines('', ...Array.from({ length: 60 }, () => '> old words'), '', 'New words'),
    expected: { snippet: 'New words' },
  },
  {
    name: 'a ruler that is longer than what is looked at first',
    message: lines('', `Before ${'-'.repeat(900)} after`),
    expected: { snippet: 'Before  after' },
  },
  {
    name: 'quoted-printable in Latin-2',
    message: lines(
      'Content-Type: text/plain; charset=ISO-8859-2',
      'Content-Transfer-Encoding: Quoted-Printable',
      '',
      '=BFycie jest pi=EAkne i d=',
      'ługie'.replace('ł', '=B3'),
    ),
    expected: { snippet: 'życie jest piękne i długie' },
  },
  {
    name: 'ISO-2022-JP',
    message: lines('Content-Type: text/plain; charset=iso-2022-jp', '', '\u001b$B$3$s$K$A$O\u001b(B'),
    expected: { snippet: 'こんにちは' },
  },
  {
    name: 'base64 text of an unknown charset',
    message: lines(
      'Content-Type: text/plain; charset=x-nobody-knows',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('naïve café').toString('base64'),
    ),
    expected: { snippet: 'naïve café' },
  },
];

describe('digestMail', () => {
  for (const { name, message, expected } of cases) {
    test(name, () => {
      const found = digest(message);
      for (const [key, value] of Object.entries(expected)) {
        assert.deepEqual(found[key as keyof MailDigest], value, key);
      }
      assert.ok(found.snippet.length <= 140);
    });
  }

  test('keys: the same Message-ID gives the same key, another From another sameKey', () => {
    const mail = (from: string): MailDigest =>
      digest(
        lines(`From: ${from}`, 'Message-ID: <a@b>', 'References: <x@b> <y@b>', 'In-Reply-To: <y@b>', '', 'x'),
      );
    const [one, other] = [mail('a@example.com'), mail('b@example.com')];
    assert.equal(one.messageKey, other.messageKey);
    assert.notEqual(one.sameKey, other.sameKey);
    assert.equal(one.referenceKeys.length, 3);
    assert.equal(digest('Subject: x\r\n\r\n').sameKey, null);
  });

  test('inputs made to be slow are not', () => {
    const many = (text: string, length = 250_000): string => text.repeat(length / text.length);
    const headers = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'References', 'Content-Type', 'Received'];
    const values = [
      ' ',
      'a b',
      '"',
      '<',
      '<<>',
      '(',
      ',',
      ';',
      ':',
      '=?',
      '=?utf-8?Q?',
      '@',
      ';a=',
      '; ',
      "*0'",
      '\\',
    ];
    for (const header of headers) {
      for (const value of values) digest(`${header}: a${many(value)}b\r\n\r\ntext`);
    }
    const bodies = [
      '<',
      '<p',
      '<!--',
      '<style>',
      '</style',
      '&#',
      '&',
      '> ',
      '-----',
      '<a <',
      '\r\n--',
      '\u00ad',
    ];
    for (const body of bodies) digest(html(many(body, 1_000_000)));
    digest(lines('Content-Type: multipart/mixed; boundary=b', '', many('--b\r\n', 1_000_000)));
    digest(lines('Content-Type: multipart/mixed; boundary=b', '', '--b', many('a:b\r\n', 1_000_000)));
  });

  test('random bytes never throw and always give a date', () => {
    let seed = 42;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff);
    const words = [
      '\r\n',
      '\n',
      ':',
      '--b',
      'Content-Type: multipart/mixed; boundary=b',
      '=?utf-8?B?',
      '<',
      '&#',
      '\0',
    ];
    for (let round = 0; round < 500; round++) {
      const pieces = Array.from({ length: 60 }, () =>
        next() % 3 === 0 ? String.fromCharCode(next() % 256) : (words[next() % words.length] ?? ''),
      );
      assert.equal(typeof digest(pieces.join('')).date, 'number');
    }
  });
});
