import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { MailError } from '../../common/errors.ts';
import { checkRule, MAX_RULES } from '../../profile-server/rule/check-rule.ts';
import type { ItemRecord } from '../../profile-server/profile/profile-store.ts';
import { onBothEngines } from './engines.ts';
import { registerUser, type TestUser } from './sample.ts';
import { refusal, type RunningServer, startServer } from './start-server.ts';

const RULE = { name: 'Bills', enabled: true, position: 1, script: 'require "fileinto"; fileinto "Bills";' };

onBothEngines('rules', (engine) => {
  let running: RunningServer;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  test('a rule is kept, read back, changed; one that is no Sieve is refused with the place', async () => {
    const add = { part: 'rules' as const, id: null, base: null };
    const { item } = await ana.client.profile.change.mutate({ ...add, value: RULE });
    assert.deepEqual(item.value, RULE);
    const read = await ana.client.profile.read.query({ parts: ['rules'] });
    assert.deepEqual(
      read.items.map(({ value }) => value),
      [RULE],
    );
    const bad = { ...RULE, script: 'require "fileinto";\nfileinto 7;' };
    const refused = await refusal(
      ana.client.profile.change.mutate({ part: 'rules', id: item.id, base: item.revision, value: bad }),
    );
    assert.equal(refused.code, 'invalid');
    assert.equal(refused.reason, 'sieve-wrong-arguments');
    assert.deepEqual([refused.params['line'], refused.params['column'], refused.field], [2, 1, 'script']);
  });
});

function record(index: number): ItemRecord {
  const id = `rul_${index}`;
  return { part: 'rules', id, revision: 1, edited: 1, value: JSON.stringify(RULE) };
}

const REFUSED: [string, unknown, string][] = [
  ['no value', null, 'input'],
  ['no name', { ...RULE, name: ' ' }, 'input'],
  ['a script beyond the limit', { ...RULE, script: `#${'x'.repeat(64 * 1024)}` }, 'input'],
  ['an extension that we lack', { ...RULE, script: 'require "enotify";' }, 'sieve-unknown-extension'],
  ['regular expressions', { ...RULE, script: 'require "regex";' }, 'sieve-no-regex'],
  ['no grammar', { ...RULE, script: 'if {' }, 'sieve-expected'],
];

test('what is refused, and why', () => {
  for (const [name, value, reason] of REFUSED) {
    assert.throws(
      () => checkRule('rul_1', value, []),
      (error) => error instanceof MailError && error.code === 'invalid' && error.reason === reason,
      name,
    );
  }
});

test('a rule may name a mailbox that is not there yet', () => {
  assert.equal(checkRule('rul_1', RULE, []).name, 'Bills');
});

test(`${MAX_RULES} rules are possible, and those that are there can be changed`, () => {
  const all = Array.from({ length: MAX_RULES }, (_one, index) => record(index));
  assert.equal(checkRule('rul_7', RULE, all).name, 'Bills');
  assert.throws(
    () => checkRule('rul_new', RULE, all),
    (error) => error instanceof MailError && error.code === 'quota' && error.reason === 'too-many',
  );
});
