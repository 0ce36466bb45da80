import assert from 'node:assert/strict';
import test from 'node:test';
import { evaluate } from '../../../common/sieve/evaluate.ts';
import type { SieveMail } from '../../../common/sieve/mail.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { readNeeds } from '../../../common/sieve/read-needs.ts';
import { PLAIN } from './pairs/mails.ts';
import { run, when } from './pairs/pair.ts';
import { encodeMail, readMail, runPair } from './run-pair.ts';

const NULL_SENDER = { from: '' };

/** Where we mean to differ from Pigeonhole, or `sieve-test` cannot be asked. */
const OWN = [
  // A character is one to people, whatever its bytes.
  when('header :matches "subject" "a?b?c"', 'Subject: añb😀c\n\nx\n', true),
  // A character cut in two between encoded words, as many programs do.
  when('header :is "subject" "日本"', 'Subject: =?utf-8?B?5pel5g==?= =?utf-8?B?nKw=?=\n\nx\n', true),
  // Addresses of Japanese providers, which RFC 5321 wants quoted.
  when('address :is "from" "a..b.@example.org"', 'From: a..b.@example.org\n\nx\n', true),
  // RFC 6532.
  when('address :localpart :is "from" "josé"', 'From: josé@example.org\n\nx\n', true),
  // RFC 5229 5: the comparator that all tests have.
  when('string "x" "X"', PLAIN, true, ['variables']),
  // Words that are one to the eye.
  when('body :text :contains "three"', 'Content-Type: text/html\n\n<p>thr<i>ee</i></p>\n', true, ['body']),
  when('body :text :contains "hidden"', 'Content-Type: text/html\n\n<style>hidden</style>x\n', false, [
    'body',
  ]),
  // The last byte of "à" is a space in Latin-1.
  when('header :is "subject" "voilà"', 'Subject: voilà\n\nx\n', true),
  run('require "fileinto"; fileinto "inbox";', PLAIN, 'store INBOX'),
  run('require "vacation"; vacation :days 0 "x";', PLAIN, 'vacation seconds 86400 text "x"; implicit INBOX'),
  { ...when('envelope :is "from" ""', PLAIN, true, ['envelope']), ...NULL_SENDER },
  { ...when('envelope :domain :is "from" ""', PLAIN, true, ['envelope']), ...NULL_SENDER },
  { ...when('envelope :contains "from" "@"', PLAIN, false, ['envelope']), ...NULL_SENDER },
  when('environment "vnd.valija.account" "acc_1"', PLAIN, true, ['environment']),
  when('environment "vnd.valija.account-address" "ME@example.com"', PLAIN, true, ['environment']),
  when('environment "name" "valija"', PLAIN, true, ['environment']),
  when('environment "vnd.valija.has-attachment" "no"', PLAIN, true, ['environment']),
  when(
    'environment "vnd.valija.has-attachment" "yes"',
    'Content-Type: application/pdf; name=x.pdf\n\n%PDF\n',
    true,
    ['environment'],
  ),
];

test('where our ways are our own', () => {
  for (const pair of OWN) assert.equal(runPair(pair), pair.does, pair.name);
});

const NEEDS: [string, boolean][] = [
  ['if header :contains "subject" "x" { discard; }', false],
  ['require "body"; keep;', false],
  ['require "body"; if allof (true, not body :contains "x") { discard; }', true],
  ['require "body"; if true { } else { if body :raw :contains "x" { discard; } }', true],
  ['require "body"; if false { } elsif body :contains "x" { discard; }', true],
  ['require "environment"; if environment "vnd.valija.has-attachment" "yes" { discard; }', true],
  ['require "environment"; if environment "vnd.valija.account" "x" { discard; }', false],
  ['require ["environment", "variables"]; if environment "${x}" "x" { discard; }', true],
];

test('what needs the body says so, and nothing else takes it', () => {
  for (const [source, body] of NEEDS) {
    const parsed = parseScript(source);
    if ('errors' in parsed) assert.fail(source);
    assert.equal(readNeeds(parsed.script).body, body, source);
    const mail: SieveMail = readMail(encodeMail(PLAIN), { from: '', to: 'x' });
    let taken = 0;
    const counted = { ...mail, body: () => (taken++, mail.body()) };
    evaluate(parsed.script, counted, { now: 0 });
    assert.ok(taken <= (body ? 1 : 0), source);
  }
});

test('currentdate reads in the zone of the user', () => {
  const parsed = parseScript('require "date"; if currentdate "date" "2026-07-01" { discard; }');
  if ('errors' in parsed) assert.fail();
  const now = Date.UTC(2026, 5, 30, 23, 30);
  const kinds = (timeZone?: string) =>
    evaluate(
      parsed.script,
      readMail(encodeMail(PLAIN), { from: '', to: 'x' }),
      timeZone === undefined ? { now } : { now, timeZone },
    ).actions.map(({ kind }) => kind);
  assert.deepEqual(kinds('Europe/Madrid'), ['discard']);
  assert.deepEqual(kinds('America/Bogota'), ['keep']);
  assert.deepEqual(kinds(), ['keep']);
  assert.deepEqual(kinds('No/Such'), ['keep']);
});

test('hostile patterns and mails end within their limits', { timeout: 60_000 }, () => {
  const long = 'a'.repeat(2_000_000);
  for (const [pattern, holds] of [
    [`*${'a*'.repeat(2000)}b`, false],
    [`*${'a?'.repeat(500)}b*`, false],
    ['*'.repeat(20_000), true],
  ] as const) {
    const parsed = parseScript(`if header :matches "subject" "${pattern}" { discard; }`);
    if ('errors' in parsed) assert.fail();
    const mail = {
      ...readMail(encodeMail(PLAIN), { from: '', to: 'x' }),
      headers: [['Subject', long]] as const,
    };
    const { actions } = evaluate(parsed.script, mail, { now: 0 });
    assert.equal(actions[0]?.kind === 'discard', holds, pattern.slice(0, 20));
  }
});

test('dates cost what they take: neither a script nor a mail full of them goes on without end', () => {
  const dates = Array.from({ length: 1000 }, () => ['Date', 'Tue, 3 Mar 2026 09:15:00 -0500'] as const);
  const fail = (test: string, count: number, headers: typeof dates) => {
    const tests = Array.from({ length: count }, () => test).join(', ');
    const parsed = parseScript(`require "date"; if anyof (${tests}) { discard; }`);
    if ('errors' in parsed) assert.fail();
    const mail = { ...readMail(encodeMail(PLAIN), { from: '', to: 'x' }), headers };
    return evaluate(parsed.script, mail, { now: 0 }).problems.map(({ problem }) => problem.code);
  };
  assert.deepEqual(fail('date "date" "year" "1"', 10, dates), []);
  assert.deepEqual(fail('date "date" "year" "1"', 2000, dates), ['too-many-steps']);
  assert.deepEqual(fail('currentdate "year" "1"', 2000, []), []);
});

const HOSTILE_ADDRESSES = [
  `"${'\\"'.repeat(300_000)}`,
  'a:'.repeat(300_000),
  '('.repeat(600_000),
  'a,'.repeat(300_000),
  '<@'.repeat(300_000),
  '@['.repeat(300_000),
  '"'.repeat(600_000),
  '. '.repeat(300_000),
  `a@${'b.'.repeat(300_000)}`,
];

test('hostile addresses end too', { timeout: 60_000 }, () => {
  const parsed = parseScript('if address :domain :is ["from", "to"] "example.org" { discard; }');
  if ('errors' in parsed) assert.fail();
  for (const value of HOSTILE_ADDRESSES) {
    const headers = [
      ['From', value],
      ['To', `${value}, x@example.org`],
    ] as const;
    const mail = { ...readMail(encodeMail(PLAIN), { from: '', to: 'x' }), headers };
    assert.equal(evaluate(parsed.script, mail, { now: 0 }).actions.length, 1, value.slice(0, 10));
  }
});
