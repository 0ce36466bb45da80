import assert from 'node:assert/strict';
import test from 'node:test';
import { describeError } from '../../../common/error-texts/describe.ts';
import { enSieve } from '../../../common/error-texts/en/sieve.ts';
import { checkScript } from '../../../common/sieve/check-script.ts';
import { evaluate } from '../../../common/sieve/evaluate.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { makeSieveError, type SieveProblem } from '../../../common/sieve/problem.ts';
import { malformedPairs } from './pairs/malformed.ts';
import { PLAIN } from './pairs/mails.ts';
import { encodeMail, readMail } from './run-pair.ts';

/** What is wrong, and where. */
const PROBLEMS: [string, string][] = [
  ['keep', '1:5 expected'],
  ['keep;\n  discard "x";', '2:3 wrong-arguments'],
  ['\r\n\r\n\tfoo;', '3:2 unknown-command'],
  ['if foo { }', '1:4 unknown-test'],
  ['require ["fileinto", "regex"];', '1:9 no-regex'],
  ['require "reject";', '1:9 no-reject'],
  ['require "x-nothing";', '1:9 unknown-extension'],
  ['fileinto "a";', '1:1 not-required'],
  ['keep; require "fileinto";', '1:7 require-first'],
  ['keep;\nelse { }', '2:1 misplaced-else'],
  ['if header :regex "a" "b" { }', '1:11 unknown-tag'],
  ['if header :is :is "a" "b" { }', '1:15 tag-twice'],
  ['if header :is :contains "a" "b" { }', '1:15 tags-exclude'],
  ['if size 7 { }', '1:4 tag-needs-value'],
  ['keep { }', '1:1 no-block'],
  ['if true;', '1:1 needs-block'],
  ['else;', '1:1 misplaced-else'],
  ['require "relational"; if header :value "x" "a" "b" { }', '1:26 bad-value'],
  ['if header "Subject:" "b" { }', '1:11 bad-header-name'],
  ['if exists "x y" { }', '1:11 bad-header-name'],
  ['if address "subject" "b" { }', '1:12 bad-header-name'],
  ['redirect "x";', '1:10 bad-address'],
  ['require "variables"; set "a-b" "";', '1:26 bad-variable'],
  ['require ["variables", "fileinto"];\nfileinto "${no.such}";', '2:10 bad-variable'],
  ['if header :comparator "x" "a" "b" { }', '1:4 bad-comparator'],
  ['keep; /* x', '1:7 unclosed-comment'],
  ['\n  redirect "x', '2:12 unclosed-string'],
  ['if size :over 7Q { }', '1:15 bad-number'],
  ['if header : "a" "b" { }', '1:11 bad-tag'],
  ['keep; \0', '1:7 bad-character'],
  ['keep; é', '1:7 bad-character'],
  ['require "date"; if currentdate "x" "y" { }', '1:32 bad-value'],
  [`${'if true {'.repeat(33)}${'}'.repeat(33)}`, '1:292 too-deep'],
  ['x'.repeat(65_537), '1:1 too-long'],
];

function show({ line, column, code }: SieveProblem): string {
  return `${line}:${column} ${code}`;
}

test('each problem has its place and its code', () => {
  for (const [script, problem] of PROBLEMS)
    assert.deepEqual(checkScript(script).map(show).slice(0, 1), [problem], script);
});

test('several problems of one script are all named, in their order', () => {
  const found = checkScript('foo;\nredirect "x";\nif header "a:" "b" { bar; }');
  assert.deepEqual(found.map(show), [
    '1:1 unknown-command',
    '2:10 bad-address',
    '3:11 bad-header-name',
    '3:22 unknown-command',
  ]);
});

test('mailboxes that are not there are named where they are known', () => {
  const script =
    'require ["fileinto", "mailbox"];\nfileinto "a";\nfileinto "INBOX"; fileinto :create "c"; fileinto "b";';
  assert.deepEqual(checkScript(script, { mailboxes: ['a'] }).map(show), ['3:50 unknown-mailbox']);
  assert.deepEqual(checkScript(script), []);
});

test('every sentence can be filled, in both languages', () => {
  const problems = [...PROBLEMS.map(([script]) => script), ...malformedPairs.map(({ script }) => script)];
  for (const script of problems) {
    for (const problem of checkScript(script, { mailboxes: [] })) {
      const error = makeSieveError(problem);
      assert.ok(Object.hasOwn(enSieve, `invalid/${error.reason}`), error.reason ?? '');
      for (const language of ['en', 'es'] as const) {
        const general = describeError({ code: 'invalid' }, language).message;
        const { message } = describeError(error, language);
        assert.notEqual(message, general, `${error.reason} ${JSON.stringify(error.params)}`);
      }
    }
  }
});

function runScript(script: string): { does: string[]; problems: string[] } {
  const parsed = parseScript(script);
  if ('errors' in parsed) assert.fail(JSON.stringify(parsed.errors));
  const mail = readMail(encodeMail(PLAIN), { from: '', to: 'me@example.com' });
  const { actions, problems } = evaluate(parsed.script, mail, { now: 0 });
  return { does: actions.map(({ kind }) => kind), problems: problems.map(({ problem }) => show(problem)) };
}

test('what goes wrong while running takes back what that script asked for, and the mail is kept', () => {
  const redirects = 'abcde'.split('').map((one) => `redirect "${one}@example.net";\n`);
  assert.deepEqual(runScript(redirects.join('')), { does: ['keep'], problems: ['5:1 too-many-redirects'] });
  const twice = 'require "vacation"; discard; vacation "a"; vacation "b";';
  assert.deepEqual(runScript(twice), { does: ['keep'], problems: ['1:44 action-twice'] });
});

test('a script that fails leaves the others their part', () => {
  const scripts = ['discard;', 'require "variables"; keep; redirect "${none}";', 'redirect "a@b.example";'];
  const parsed = scripts.map((script) => {
    const read = parseScript(script);
    return 'script' in read ? read.script : assert.fail(script);
  });
  const result = evaluate(parsed, readMail(encodeMail(PLAIN), { from: '', to: 'x' }), { now: 0 });
  assert.deepEqual(
    result.actions.map(({ kind }) => kind),
    ['discard', 'redirect'],
  );
  assert.deepEqual(
    result.problems.map(({ script, problem }) => [script, problem.code]),
    [[1, 'bad-address']],
  );
});
