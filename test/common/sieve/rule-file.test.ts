import assert from 'node:assert/strict';
import test from 'node:test';
import { evaluate } from '../../../common/sieve/evaluate.ts';
import { parseScript } from '../../../common/sieve/parse-script.ts';
import { joinRules } from '../../../common/sieve/form/join-rules.ts';
import { type RuleText, splitRules } from '../../../common/sieve/form/split-rules.ts';
import { describeActions } from './describe-actions.ts';
import { PLAIN } from './pairs/mails.ts';
import { encodeMail, readMail } from './run-pair.ts';

const RULES: RuleText[] = [
  {
    name: 'List [x] – ñ',
    enabled: true,
    script: 'require "imap4flags";\nif header :is "x-list" "two" {\n  addflag "list";\n}\n',
  },
  { name: 'Off', enabled: false, script: 'require "fileinto";\nfileinto "off";\n' },
  {
    name: 'Variables',
    enabled: true,
    script:
      'require ["fileinto", "variables"];\nif header :matches "subject" "* *" {\n  fileinto "${1}";\n}\n',
  },
  {
    name: 'A text that looks like a mark',
    enabled: true,
    script: 'require ["vacation"];\nvacation text:\n# rule:[no]\nend\n.\n;\n',
  },
  { name: 'Dollar', enabled: true, script: 'require ["fileinto"];\nfileinto "${1}";\n' },
];

function runAll(scripts: readonly string[]): string {
  const parsed = scripts.map((script) => {
    const read = parseScript(script);
    if ('errors' in read) assert.fail(JSON.stringify(read.errors) + script);
    return read.script;
  });
  return describeActions(
    evaluate(parsed, readMail(encodeMail(PLAIN), { from: 'a@b', to: 'c@d' }), { now: 0 }),
  );
}

test('rules joined into one script and cut apart again are the same', () => {
  const rules = RULES.slice(0, 4);
  const again = splitRules(joinRules(rules), 'file');
  assert.deepEqual(
    again.map(({ name, enabled }) => [name, enabled]),
    rules.map(({ name, enabled }) => [name, enabled]),
  );
  assert.deepEqual(
    again.map(({ script }) => script.replace(/[[\]]/g, '')),
    rules.map(({ script }) => script.replace(/[[\]]/g, '')),
  );
});

test('one joined script does what the rules do one after the other', () => {
  const enabled = RULES.filter((rule) => rule.enabled).map(({ script }) => script);
  const joined = joinRules(RULES);
  const wanted =
    'store Lunch flags list; vacation seconds 604800 text "# rule:[no]\\nend\\n"; store ${1} flags list';
  assert.equal(runAll(enabled), wanted);
  assert.equal(runAll([joined]), wanted);
  assert.equal(
    runAll(
      splitRules(joined, 'file')
        .filter((rule) => rule.enabled)
        .map(({ script }) => script),
    ),
    wanted,
  );
});

const ROUNDCUBE = `require ["fileinto","imap4flags","regex"];
# rule:[Work]
if allof (header :contains "from" "@example.org")
{
	fileinto "INBOX/Work";
	stop;
}
# rule:[Holiday]
if false # anyof (header :contains "subject" "x", true)
{
	addflag "\\\\Seen";
}
# rule:[Bad]
if header :regex "subject" "^x"
{
	discard;
}
`;

test('a file of Roundcube: each rule requires what it needs, what is switched off can be switched on', () => {
  const rules = splitRules(ROUNDCUBE, 'file');
  assert.deepEqual(
    rules.map(({ name, enabled }) => [name, enabled]),
    [
      ['Work', true],
      ['Holiday', false],
      ['Bad', true],
    ],
  );
  assert.match(rules[0]!.script, /^require "fileinto";\nif allof/);
  assert.match(
    rules[1]!.script,
    /^require "imap4flags";\nif anyof \(header :contains "subject" "x", true\)\s*\{/,
  );
  const bad = parseScript(rules[2]!.script);
  assert.ok('errors' in bad && bad.errors[0]?.code === 'no-regex');
});

test('a script without marks is one rule; a mark before an else parts nothing; nothing is no rule', () => {
  assert.deepEqual(splitRules('# mine\nif true { discard; }', 'mine.sieve'), [
    { name: 'mine.sieve', enabled: true, script: '# mine\nif true { discard; }\n' },
  ]);
  const chained = splitRules('# rule:[a]\nif true { keep; }\n# rule:[b]\nelse { discard; }\n', 'x');
  assert.deepEqual(
    chained.map(({ name }) => name),
    ['a'],
  );
  assert.deepEqual(splitRules('require "fileinto";\n# nothing\n', 'x'), []);
  const before = splitRules('keep;\n# rule:[a]\ndiscard;\n', 'x');
  assert.deepEqual(
    before.map(({ name, script }) => [name, script]),
    [
      ['x', 'keep;\n'],
      ['a', 'discard;\n'],
    ],
  );
});
