import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleForm } from '../../../common/shapes/rule.ts';
import { splitRules } from '../../../common/sieve/form/split-rules.ts';
import { describeRule } from '../../../desktop/renderer/rule/describe-rule.ts';
import { moveRule, placeLast } from '../../../desktop/renderer/rule/order-rules.ts';
import {
  formatMegabytes,
  makeAction,
  makeCondition,
  makeDraft,
  readDraft,
  readMegabytes,
} from '../../../desktop/renderer/rule/rule-draft.ts';
import { planImport } from '../../../desktop/renderer/rule/plan-import.ts';
import { ruleTexts } from '../../../desktop/renderer/text/rules.ts';
import { sayIn } from '../../../desktop/renderer/text/text.ts';

test('of a file one rule that cannot be had keeps none of the others out, and what is there is not added again', () => {
  const file = [
    'require ["fileinto", "regex"];',
    '# rule:[One]\nif header :contains "subject" "a" { fileinto "A"; }',
    '# rule:[Two]\nif header :regex "subject" "b+" { fileinto "B"; }',
    '# rule:[Three]\nkeep;\n',
  ].join('\n');
  const { add, unchanged, skipped } = planImport(splitRules(file), []);
  assert.deepEqual([add.map(({ name }) => name), unchanged], [['One', 'Three'], 0]);
  assert.deepEqual(
    skipped.map(({ name, fault }) => [name, fault.code]),
    [['Two', 'no-regex']],
  );
  const again = planImport(splitRules(file), add);
  assert.deepEqual([again.add, again.unchanged, again.skipped.length], [[], 2, 1]);
});

const FORMS: RuleForm[] = [
  {
    all: true,
    conditions: [{ test: 'from', match: 'contains', not: false, value: 'bank' }],
    actions: [{ action: 'file', mailbox: 'Money/Bank' }, { action: 'stop' }],
  },
  {
    all: false,
    conditions: [
      { test: 'header', header: 'List-Id', match: 'exists', not: true, value: '' },
      { test: 'size', over: false, bytes: 1_234_567 },
      { test: 'attachment', not: true },
      { test: 'account', not: false, account: 'acc_1' },
      { test: 'body', match: 'matches', not: true, value: '*sale*' },
    ],
    actions: [
      { action: 'label', label: 'Ads' },
      { action: 'flag' },
      { action: 'mark-read' },
      { action: 'discard' },
      { action: 'forward', address: 'b@ok.test', keep: false },
      { action: 'vacation', subject: null, text: 'Back on Monday.', days: 3 },
    ],
  },
  { all: true, conditions: [], actions: [{ action: 'flag' }] },
];

test('a form that is shown and read again is the same', () => {
  for (const form of FORMS) {
    const { form: again, problems } = readDraft(makeDraft(form));
    assert.deepEqual([...problems], []);
    assert.deepEqual(again, form);
  }
});

test('what is missing or wrong is said at its field', () => {
  const wrong = [
    [{ ...makeCondition(), value: ' ' }, 'value', 'value-missing'],
    [
      { ...makeCondition(), test: 'header', header: 'no colon: here', value: 'x' },
      'header',
      'field-name-bad',
    ],
    [{ ...makeCondition(), test: 'size', value: 'much' }, 'value', 'size-bad'],
    [{ ...makeCondition(), test: 'account' }, 'account', 'which-missing'],
  ] as const;
  for (const [condition, field, text] of wrong) {
    const { form, problems } = readDraft({
      all: true,
      conditions: [condition],
      actions: [makeAction({ action: 'flag' })],
    });
    assert.equal(form, null);
    assert.deepEqual([...problems], [[`${condition.key}.${field}`, text]]);
  }
  const actions = [
    [makeAction(), 'mailbox', 'which-missing'],
    [{ ...makeAction(), action: 'label', label: ' ' }, 'label', 'which-missing'],
    [{ ...makeAction(), action: 'forward', address: 'nobody' }, 'address', 'address-bad'],
    [{ ...makeAction(), action: 'vacation', text: 'x', days: '0' }, 'days', 'days-bad'],
    [{ ...makeAction(), action: 'vacation', text: '' }, 'text', 'answer-missing'],
  ] as const;
  for (const [action, field, text] of actions) {
    const { problems } = readDraft({ all: true, conditions: [], actions: [action] });
    assert.deepEqual([...problems], [[`${action.key}.${field}`, text]]);
  }
  assert.deepEqual(
    [...readDraft({ all: true, conditions: [], actions: [] }).problems],
    [['actions', 'actions-missing']],
  );
});

test('sizes are read with point or comma and come back to the byte', () => {
  assert.equal(readMegabytes('5'), 5 * 1024 * 1024);
  assert.equal(readMegabytes(' 0,5 '), 512 * 1024);
  for (const bad of ['', '-1', '0', 'x', '1e9']) assert.equal(readMegabytes(bad), null, bad);
  for (const bytes of [1, 1023, 5_000_000, 1_234_567, 2 ** 30 + 1]) {
    assert.equal(readMegabytes(formatMegabytes(bytes)), bytes);
  }
});

test('a rule is put between its neighbours; where there is no room all are numbered anew', () => {
  const rules = [
    { id: 'a', position: 1000 },
    { id: 'b', position: 2000 },
    { id: 'c', position: 3000 },
  ];
  assert.deepEqual(moveRule(rules, 'c', -1), [{ id: 'c', position: 1500 }]);
  assert.deepEqual(moveRule(rules, 'a', 1), [{ id: 'a', position: 2500 }]);
  assert.deepEqual(moveRule(rules, 'b', -1), [{ id: 'b', position: 500 }]);
  assert.deepEqual(moveRule(rules, 'b', 1), [{ id: 'b', position: 4000 }]);
  assert.deepEqual(moveRule(rules, 'a', -1), []);
  assert.deepEqual(moveRule(rules, 'c', 1), []);
  const tight = [
    { id: 'a', position: 5 },
    { id: 'b', position: 5 },
    { id: 'c', position: 5 },
  ];
  assert.deepEqual(moveRule(tight, 'c', -1), [
    { id: 'a', position: 1000 },
    { id: 'c', position: 2000 },
    { id: 'b', position: 3000 },
  ]);
  assert.equal(placeLast([]), 1000);
  assert.equal(placeLast(rules), 4000);
});

test('a rule is described in both languages', () => {
  const names = { account: (id: string) => (id === 'acc_1' ? 'ana@example.test' : null) };
  const [first, second, third] = FORMS as [RuleForm, RuleForm, RuleForm];
  const en = sayIn(ruleTexts, 'en');
  const es = sayIn(ruleTexts, 'es');
  assert.deepEqual(describeRule(first, en, names), {
    when: 'Sender contains “bank”',
    what: 'Move to mailbox Money/Bank and Skip the rules below',
  });
  assert.equal(
    describeRule(second, es, names).when,
    'List-Id no está, Tamaño es menor que 1.177375 MB, Adjunto: no tiene, Cuenta es ana@example.test o Texto del mensaje no encaja con «*sale*»',
  );
  assert.equal(describeRule(third, en, names).when, 'Every mail');
});
