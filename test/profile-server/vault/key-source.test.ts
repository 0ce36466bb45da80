import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runKeyCommand } from '../../../profile-server/vault/master/key-command.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeKeySource } from '../../../profile-server/vault/master/key-source.ts';
import { parseKeys } from '../../../profile-server/vault/master/key-text.ts';
import { KeyRing } from '../../../profile-server/vault/master-key.ts';
import { mayMove, mayRetire, SETTLE } from '../../../profile-server/vault/rotation/rotation-rule.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { codeOf } from '../sample.ts';

const dir = makeTempDir('keys');
after(() => dir.remove());
const makeKey = (): string => randomBytes(32).toString('base64');

test('a text of keys holds one or some, and nothing else', () => {
  const [a, b] = [makeKey(), makeKey()];
  const count = (text: string): number => parseKeys(text, 'here').length;
  assert.equal(count(`${a}\n`), 1);
  assert.equal(count(`# old\r\n${a}\r\n\r\n# new\r\n  ${b}  \r\n`), 2);
  const refused = [
    '',
    '# none',
    'not a key',
    `${a} ${b}`,
    `${a}x`,
    a.slice(0, 40),
    `${a}\nx`,
    `${a}\n`.repeat(5),
  ];
  for (const text of refused) {
    assert.equal(
      codeOf(() => parseKeys(text, 'here')),
      'usage/setting-key',
      JSON.stringify(text),
    );
  }
});

test('a file that others may change is refused, one that all may read warned of, and nothing of it is told', async () => {
  const path = join(dir.path, 'open.key');
  const key = makeKey();
  writeFileSync(path, `${key}\n`);
  const warned: unknown[] = [];
  const log = { ...silentLogger, warn: (event: string, fields: object) => warned.push([event, fields]) };
  const source = makeKeySource({ masterKeyFile: path, masterKeyCommand: null }, dir.path, log);
  for (const mode of [0o620, 0o602, 0o660]) {
    chmodSync(path, mode);
    await assert.rejects(source.read(), (error: Error & { reason?: string }) => {
      assert.equal(error.reason, 'master-key-mode');
      return !error.message.includes(key);
    });
  }
  for (const mode of [0o400, 0o600, 0o440, 0o644]) {
    chmodSync(path, mode);
    assert.equal((await source.read()).length, 1);
  }
  assert.deepEqual(warned, [['vault.key-file-readable', { file: path, mode: '644' }]]);
  await source.write?.([Buffer.from(key, 'base64'), randomBytes(32)]);
  assert.equal(readFileSync(path, 'utf8').trim().split('\n').length, 2);
});

test('a command gives its standard output, in time, or nothing', async () => {
  const key = makeKey();
  const place = { masterKeyFile: null, masterKeyCommand: `echo secret-in-stderr >&2; echo ${key}` };
  const [read] = await makeKeySource(place, dir.path, silentLogger).read();
  assert.equal(read?.toString('base64'), key);
  for (const command of ['exit 3', 'sleep 60 & sleep 60', 'yes', '/no/such/program']) {
    await assert.rejects(runKeyCommand(command, 300), { code: 'unavailable', reason: 'master-key-command' });
  }
});

test('what is sealed says under which key, and another ring does not open it', () => {
  const ring = new KeyRing(randomBytes);
  const old = ring.add(randomBytes(32));
  const aad = ['user_key', 'user_1'];
  const first = ring.seal(Buffer.from('one'), aad);
  const next = ring.add(randomBytes(32));
  assert.equal(ring.sealing, old);
  ring.sealWith(next);
  const second = ring.seal(Buffer.from('two'), aad);
  assert.deepEqual(
    [first, second].map((sealed) => ring.unseal(sealed, aad).toString()),
    ['one', 'two'],
  );
  const other = new KeyRing(randomBytes);
  other.add(randomBytes(32));
  assert.equal(
    codeOf(() => other.unseal(second, aad)),
    'unavailable/wrong-master-key',
  );
  assert.equal(
    codeOf(() => ring.unseal(second, ['user_key', 'user_2'])),
    'unavailable/wrong-master-key',
  );
  assert.throws(() => ring.seal(Buffer.from('x'), ['unknown']), /SEALED_KINDS/);
});

test('rows move when everybody knows both keys, and the old one goes when nobody has sealed with it for a while', () => {
  const rotation = { from_key: 'a', to_key: 'b', state: 'waiting' as const };
  const both = { knows: 'a b', seals_with: 'b', seals_since: 1000 };
  const table: [boolean, Parameters<typeof mayMove>[0]][] = [
    [true, [both]],
    [true, [both, both]],
    [false, []],
    [false, [both, { knows: 'a' }]],
    [false, [{ knows: 'b' }]],
    [false, [{ knows: 'ab' }]],
  ];
  for (const [expected, processes] of table) assert.equal(mayMove(processes, rotation), expected);
  assert.equal(mayMove([both], { ...rotation, state: 'moving' }), false);
  const began = 1000 + SETTLE;
  assert.equal(mayRetire([both], 'b', { began, found: 0 }), true);
  assert.equal(mayRetire([both], 'b', { began, found: 1 }), false);
  assert.equal(mayRetire([both], 'b', { began: began - 1, found: 0 }), false);
  assert.equal(mayRetire([both, { ...both, seals_with: 'a' }], 'b', { began, found: 0 }), false);
});
