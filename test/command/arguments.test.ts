import assert from 'node:assert/strict';
import test from 'node:test';
import { readArguments } from '../../command/arguments.ts';
import { COMMANDS, type CommandEntry } from '../../command/table.ts';
import { MailError } from '../../common/errors.ts';

const ENTRY: CommandEntry = {
  words: ['ID', 'NAME?'],
  options: { to: 'texts', limit: 'text', raw: 'flag' },
  load: async () => await Promise.reject(new Error('not run')),
};

test('reads words, values in both spellings, repeated values and flags in any order', () => {
  const typed = readArguments(ENTRY, ['--to', 'a', 'one', '--raw', '--to=b', '--limit=-1', '--', '--two']);
  assert.deepEqual(typed.words, ['one', '--two']);
  assert.deepEqual(typed.texts('to'), ['a', 'b']);
  assert.equal(typed.text('limit'), '-1');
  assert.ok(typed.has('raw'));
  assert.ok(!typed.has('json'));
});

test('of an option given twice the last counts', () => {
  assert.equal(readArguments(ENTRY, ['x', '--limit', '1', '--limit', '2']).text('limit'), '2');
});

const WRONG: [args: string[], reason: string][] = [
  [[], 'missing-argument'],
  [['a', 'b', 'c'], 'too-many-arguments'],
  [['a', '--nonsense'], 'unknown-option'],
  [['a', '--nonsense=x'], 'unknown-option'],
  [['a', '-x'], 'unknown-option'],
  [['a', '--constructor'], 'unknown-option'],
  [['a', '--limit'], 'option-needs-value'],
  [['a', '--limit', '--raw'], 'option-needs-value'],
  [['a', '--raw=yes'], 'option-takes-no-value'],
];
for (const [args, reason] of WRONG) {
  test(`refuses ${JSON.stringify(args)} as ${reason}`, () => {
    assert.throws(
      () => readArguments(ENTRY, args),
      (error) => error instanceof MailError && error.code === 'usage' && error.reason === reason,
    );
  });
}

test('demands required options', () => {
  assert.throws(
    () => readArguments(COMMANDS.move, ['id']),
    (error) => error instanceof MailError && error.params['option'] === '--to',
  );
});

test('takes any number of words where the entry says so', () => {
  assert.deepEqual(readArguments(COMMANDS.flag, ['a', 'b', 'c', '--add', 'seen']).words, ['a', 'b', 'c']);
});
