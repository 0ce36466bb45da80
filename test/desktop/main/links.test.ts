import assert from 'node:assert/strict';
import test from 'node:test';
import { readArguments } from '../../../desktop/main/settings/arguments.ts';
import { parseDeepLink, readLink } from '../../../desktop/main/order/deep-link.ts';
import { parseMailto } from '../../../desktop/main/order/mailto.ts';

const EMPTY = { to: [], cc: [], bcc: [], subject: '', body: '' };

test('mailto: takes to, cc, bcc, subject and body, and nothing else', () => {
  const table: [string, object | null][] = [
    ['mailto:', EMPTY],
    ['mailto:ana@example.org', { ...EMPTY, to: ['ana@example.org'] }],
    ['MAILTO:ana@example.org', { ...EMPTY, to: ['ana@example.org'] }],
    ['mailto:ana@example.org,bob@example.org', { ...EMPTY, to: ['ana@example.org', 'bob@example.org'] }],
    ['mailto:ana@example.org?to=bob@example.org', { ...EMPTY, to: ['ana@example.org', 'bob@example.org'] }],
    ['mailto:?cc=a@b.org&BCC=c@d.org', { ...EMPTY, cc: ['a@b.org'], bcc: ['c@d.org'] }],
    ['mailto:?subject=Caf%C3%A9%20y%20m%C3%A1s', { ...EMPTY, subject: 'Café y más' }],
    ['mailto:?subject=1+1', { ...EMPTY, subject: '1+1' }],
    ['mailto:?subject=a?b', { ...EMPTY, subject: 'a?b' }],
    ['mailto:?body=one%0D%0Atwo%0Dthree', { ...EMPTY, body: 'one\ntwo\nthree' }],
    ['mailto:?body=a%00b%1Bc', { ...EMPTY, body: 'abc' }],
    ['mailto:a+tag@example.org', { ...EMPTY, to: ['a+tag@example.org'] }],
    // A header cannot be smuggled in, whatever its way.
    [
      'mailto:a@b.org?subject=Hi%0D%0ABcc:%20spy@evil.org',
      { ...EMPTY, to: ['a@b.org'], subject: 'Hi Bcc: spy@evil.org' },
    ],
    ['mailto:a@b.org%0D%0ABcc:spy@evil.org', EMPTY],
    [
      'mailto:a@b.org?attach=/etc/passwd&attachment=x&Content-Type=text/html&from=b@c.org',
      { ...EMPTY, to: ['a@b.org'] },
    ],
    ['mailto:a%2Cb@example.org', EMPTY],
    ['mailto:not an address,ok@example.org', { ...EMPTY, to: ['ok@example.org'] }],
    ['mailto:a@b.org#?subject=x', { ...EMPTY, to: ['a@b.org'] }],
    // Bytes that are no UTF-8 make the whole link unreadable.
    ['mailto:?subject=%E9', null],
    ['mailto:%FF@example.org', null],
    ['http://example.org', null],
    ['javascript:alert(1)', null],
    [' mailto:a@b.org', null],
    [`mailto:?body=${'a'.repeat(70_000)}`, null],
  ];
  for (const [text, expected] of table) assert.deepEqual(parseMailto(text), expected, text.slice(0, 80));
});

test('mailto: has limits', () => {
  const many = Array.from({ length: 150 }, (_, index) => `a${index}@b.org`).join(',');
  assert.equal(parseMailto(`mailto:${many}`)?.to.length, 100);
  assert.equal(parseMailto(`mailto:?subject=${'s'.repeat(2000)}`)?.subject.length, 998);
});

test('deep links open one mail and do nothing else', () => {
  const table: [string, string | null][] = [
    ['valija://msg/mail_1', 'mail_1'],
    ['valija://msg/mail_1/', 'mail_1'],
    ['VALIJA://MSG/mail_1', 'mail_1'],
    ['valija://msg/', null],
    ['valija://msg/../app/', null],
    ['valija://msg/a/b', null],
    ['valija://msg/a?delete=1', null],
    ['valija://msg/a#x', null],
    ['valija://msg/%61', null],
    ['valija://msg/-a', null],
    [`valija://msg/${'a'.repeat(65)}`, null],
    ['valija://app/', null],
    ['valija://settings/a', null],
    ['valija:msg/a', null],
  ];
  for (const [text, expected] of table) assert.equal(parseDeepLink(text), expected, text);
  assert.deepEqual(readLink('valija://msg/m1'), { kind: 'open', mail: 'm1' });
  assert.deepEqual(readLink('mailto:a@b.org'), { kind: 'compose', mail: { ...EMPTY, to: ['a@b.org'] } });
  assert.equal(readLink('file:///etc/passwd'), null);
});

test('the command line has three options, and a link never is one', () => {
  const table: [string[], object][] = [
    [[], { server: null, lab: false, hidden: false, links: [] }],
    [
      ['electron', '--no-sandbox', 'main.cjs', '--server=https://a.org'],
      { server: 'https://a.org', lab: false, hidden: false, links: [] },
    ],
    [['--lab'], { server: null, lab: true, hidden: false, links: [] }],
    [['--hidden'], { server: null, lab: false, hidden: true, links: [] }],
    [
      ['--', '--hidden', '--lab', '--server=https://evil.org'],
      { server: null, lab: false, hidden: false, links: [] },
    ],
    [['--', 'mailto:a@b.org'], { server: null, lab: false, hidden: false, links: ['mailto:a@b.org'] }],
    [['valija://msg/a', '--label'], { server: null, lab: false, hidden: false, links: ['valija://msg/a'] }],
    [['mailto:a@b.org --lab'], { server: null, lab: false, hidden: false, links: ['mailto:a@b.org --lab'] }],
  ];
  for (const [argv, expected] of table) assert.deepEqual(readArguments(argv), expected, argv.join(' '));
});
