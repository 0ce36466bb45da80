import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAction } from '../../command/rule/parse-action.ts';
import type { RuleAction, RuleCondition, RuleForm } from '../../common/shapes/rule.ts';
import { printAction, printCondition, printForm } from '../../command/rule/print-form.ts';
import { WORDS } from '../../command/words/words.ts';
import { parseCondition } from '../../command/rule/parse-condition.ts';
import { choosePosition } from '../../command/rule/place-rule.ts';
import { MailError } from '../../common/errors.ts';

const CONDITIONS: [string, object][] = [
  ['subject contains two  words', { test: 'subject', match: 'contains', not: false, value: 'two  words' }],
  ['NOT From is ana@example.org', { test: 'from', match: 'is', not: true, value: 'ana@example.org' }],
  [
    'recipient matches *@lists.example.org',
    { test: 'recipient', match: 'matches', not: false, value: '*@lists.example.org' },
  ],
  ['body contains not', { test: 'body', match: 'contains', not: false, value: 'not' }],
  ['header:List-Id exists', { test: 'header', header: 'List-Id', match: 'exists', not: false, value: '' }],
  ['not header:X-Spam is yes', { test: 'header', header: 'X-Spam', match: 'is', not: true, value: 'yes' }],
  ['header:X-Empty is', { test: 'header', header: 'X-Empty', match: 'is', not: false, value: '' }],
  ['size over 5M', { test: 'size', over: true, bytes: 5 * 2 ** 20 }],
  ['size under 100', { test: 'size', over: false, bytes: 100 }],
  ['attachment', { test: 'attachment', not: false }],
  ['not attachment', { test: 'attachment', not: true }],
  ['account ana@example.org', { test: 'account', not: false, account: 'ana@example.org' }],
];
const NO_CONDITIONS = [
  '',
  'subject',
  'subject contains',
  'subject has x',
  'wish is x',
  'size over',
  'size 5',
  'size over 5X',
  'not size over 5',
  'attachment yes',
  'account',
  'header: is x',
  'header:a b',
];

const ACTIONS: [string, object][] = [
  ['file Work/In vogue', { action: 'file', mailbox: 'Work/In vogue' }],
  ['label Año nuevo', { action: 'label', label: 'Año nuevo' }],
  ['Flag', { action: 'flag' }],
  ['mark-read', { action: 'mark-read' }],
  ['forward bob@example.net', { action: 'forward', address: 'bob@example.net', keep: true }],
  ['redirect bob@example.net', { action: 'forward', address: 'bob@example.net', keep: false }],
  ['vacation I am away.\nAna', { action: 'vacation', text: 'I am away.\nAna', days: 3, subject: 'Away' }],
  ['discard', { action: 'discard' }],
  ['stop', { action: 'stop' }],
];
const NO_ACTIONS = ['', 'file', 'label', 'wish', 'discard x', 'stop now', 'vacation', 'forward'];

function refused(parse: () => unknown, typed: string): void {
  assert.throws(
    parse,
    (error) => error instanceof MailError && error.code === 'usage' && error.reason === 'bad-value',
    typed,
  );
}

test('conditions as they are typed', () => {
  for (const [typed, condition] of CONDITIONS) assert.deepEqual(parseCondition(typed), condition, typed);
  for (const typed of NO_CONDITIONS) refused(() => parseCondition(typed), typed);
});

test('what was typed is shown as it can be typed', () => {
  const nameAccount = (id: string): string => id;
  for (const [, condition] of CONDITIONS) {
    const printed = printCondition(condition as RuleCondition, nameAccount);
    assert.deepEqual(parseCondition(printed), condition, printed);
  }
  for (const [, action] of ACTIONS) {
    const printed = printAction(action as RuleAction);
    assert.deepEqual(parseAction(printed, { days: 3, subject: 'Away' }), action, printed);
  }
});

test('a rule in one line', () => {
  const conditions: RuleCondition[] = [
    { test: 'account', not: false, account: 'acc_1' },
    { test: 'size', over: true, bytes: 1536 },
  ];
  const form = { all: false, conditions, actions: [{ action: 'flag' }, { action: 'stop' }] } as RuleForm;
  const print = (of: RuleForm | null) => printForm(of, WORDS.es, () => 'ana@uni.test');
  assert.equal(print(form), 'account ana@uni.test o size over 1536 → flag, stop');
  assert.equal(print({ ...form, all: true, conditions: [] }), 'todos los mensajes → flag, stop');
  assert.equal(print(null), WORDS.es.ruleScript);
});

test('actions as they are typed', () => {
  const vacation = { days: 3, subject: 'Away' };
  for (const [typed, action] of ACTIONS) assert.deepEqual(parseAction(typed, vacation), action, typed);
  for (const typed of NO_ACTIONS) refused(() => parseAction(typed, vacation), typed);
});

test('a place among other rules is a position between theirs', () => {
  const placed: [number[], number, number][] = [
    [[], 1, 1],
    [[1, 2], 3, 3],
    [[1, 2], 99, 3],
    [[1, 2], 1, 0.5],
    [[1, 2], 2, 1.5],
    [[0.5, 1.5], 3, 2],
  ];
  for (const [positions, place, position] of placed) assert.equal(choosePosition(positions, place), position);
});
