import assert from 'node:assert/strict';
import test from 'node:test';
import { readForm } from '../../../common/sieve/form/read-form.ts';
import { orderForm, writeForm } from '../../../common/sieve/form/write-form.ts';
import { checkScript } from '../../../common/sieve/check-script.ts';
import { decodeLabel, encodeLabel } from '../../../common/sieve/label-flag.ts';
import { ruleForm, type RuleAction, type RuleCondition, type RuleForm } from '../../../common/shapes/rule.ts';

const TEXTS = [
  'x',
  'a "quoted" \\ text',
  'two\nlines',
  'ñ 日本 😀',
  '*?',
  '${1}',
  '# rule:[x]',
  '.',
  "it's; {}",
];

const CONDITIONS: RuleCondition[] = [
  ...(['from', 'to', 'cc', 'recipient', 'subject', 'body'] as const).flatMap((test) =>
    (['contains', 'is', 'matches'] as const).flatMap((match, index) => [
      { test, match, not: false, value: TEXTS[index]! },
      { test, match, not: true, value: TEXTS[index + 3]! },
    ]),
  ),
  { test: 'header', header: 'X-Spam', match: 'contains', not: false, value: 'yes' },
  { test: 'header', header: 'List-Id', match: 'exists', not: true, value: '' },
  { test: 'header', header: 'X-Empty', match: 'is', not: false, value: '' },
  { test: 'header', header: 'Subject', match: 'matches', not: false, value: '*' },
  { test: 'header', header: 'from', match: 'is', not: false, value: 'A <a@example.org>' },
  { test: 'size', over: true, bytes: 1_048_576 },
  { test: 'size', over: false, bytes: 0 },
  { test: 'attachment', not: false },
  { test: 'attachment', not: true },
  { test: 'account', not: false, account: 'acc_7Yx-1' },
  { test: 'account', not: true, account: 'acc_7Yx-1' },
];

const ACTIONS: RuleAction[] = [
  ...TEXTS.map((mailbox) => ({ action: 'file' as const, mailbox })),
  ...TEXTS.map((label) => ({ action: 'label' as const, label })),
  { action: 'flag' },
  { action: 'mark-read' },
  { action: 'discard' },
  { action: 'stop' },
  { action: 'forward', address: 'bob@example.net', keep: true },
  { action: 'forward', address: 'bob@example.net', keep: false },
  { action: 'vacation', subject: null, text: 'away\n\n..dots\n.\n', days: 7 },
  { action: 'vacation', subject: 'Fuera "de" \\ la oficina', text: 'ñ', days: 365 },
];

function hold(form: RuleForm): void {
  const script = writeForm(ruleForm.parse(form));
  assert.deepEqual(checkScript(script), [], script);
  assert.deepEqual(readForm(script), orderForm(form), script);
}

test('every condition and every action is read as it was written', () => {
  for (const condition of CONDITIONS) {
    hold({ all: true, conditions: [condition], actions: [{ action: 'flag' }] });
    for (const other of CONDITIONS) {
      hold({ all: false, conditions: [condition, other], actions: [{ action: 'discard' }] });
    }
  }
  for (const action of ACTIONS) {
    hold({ all: true, conditions: [], actions: [action] });
    for (const other of ACTIONS) {
      if (action.action === 'vacation' && other.action === 'vacation') continue;
      hold({ all: true, conditions: CONDITIONS.slice(0, 3), actions: [action, other] });
    }
  }
});

test('labels are set before the mail is stored, stop comes last', () => {
  const form: RuleForm = {
    all: true,
    conditions: [{ test: 'subject', match: 'contains', not: false, value: 'factura' }],
    actions: [
      { action: 'stop' },
      { action: 'file', mailbox: 'Casa/Facturas' },
      { action: 'label', label: 'Año 1' },
    ],
  };
  assert.equal(
    writeForm(form),
    `require ["fileinto", "imap4flags"];
if header :contains "subject" "factura" {
  addflag "A&APE-o&ACA-1";
  fileinto "Casa/Facturas";
  stop;
}
`,
  );
});

const OTHERS: [string, string][] = [
  ['two commands', 'if true { discard; } keep;'],
  ['an else', 'if header :contains "subject" "x" { discard; } else { stop; }'],
  ['a nested test', 'if allof (anyof (header :contains "subject" "x", true), true) { discard; }'],
  ['two keys', 'if header :contains "subject" ["x", "y"] { discard; }'],
  ['two fields', 'if header :contains ["from", "subject"] "x" { discard; }'],
  ['a comparator', 'if header :contains :comparator "i;octet" "subject" "x" { discard; }'],
  ['not twice', 'if not not header :contains "subject" "x" { discard; }'],
  ['a flag of IMAP', 'require "imap4flags"; addflag "\\\\Answered";'],
  ['two flags at once', 'require "imap4flags"; addflag ["a", "b"];'],
  ['flags of an action', 'require ["imap4flags", "fileinto"]; fileinto :flags "x" "a";'],
  ['a part of an address', 'if address :domain :is "from" "x" { discard; }'],
  ['variables', 'require ["variables", "fileinto"]; fileinto "${a}";'],
  ['keep', 'keep;'],
  ['nothing', ''],
  ['an empty block', 'if true { }'],
  ['a vacation with addresses', 'require "vacation"; vacation :days 7 :addresses "a@b.example" "x";'],
  ['no Sieve', 'if {'],
];

test('a script that no form can say is no form', () => {
  for (const [name, script] of OTHERS) assert.equal(readForm(script), null, name);
});

test('comments, space, order of extensions and a list of one test do not matter', () => {
  const script = `# mine
require ["imap4flags"]; require "fileinto";
if anyof(header:contains "subject" "x") /* yes */ { addflag ["\\\\Seen"]; fileinto
 "a"; }`;
  assert.deepEqual(readForm(script), {
    all: true,
    conditions: [{ test: 'subject', match: 'contains', not: false, value: 'x' }],
    actions: [{ action: 'mark-read' }, { action: 'file', mailbox: 'a' }],
  });
});

test('labels as flags: one ASCII word each, and back', () => {
  const labels = [
    'Plain',
    'two words',
    'Año',
    '日本',
    '😀 ok',
    'a&b',
    '&',
    '100%',
    '\\Seen',
    '(x) [y] {z} "q" *',
    '$Forwarded',
  ];
  for (const label of labels) {
    const flag = encodeLabel(label);
    assert.match(flag, /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/, label);
    assert.equal(decodeLabel(flag), label);
  }
  for (const flag of ['$Label1', 'a&b', '&zz-', '&-', 'x&AOk'])
    assert.equal(typeof decodeLabel(flag), 'string');
  assert.equal(decodeLabel('x&AOk'), 'x&AOk');
});
