import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../common/time.ts';
import { delayAfter, groupAddress, judgeTry } from '../../profile-server/password/tries/try-limit.ts';
import { checkUserName } from '../../profile-server/user/user-name.ts';
import { codeOf } from './sample.ts';

const NOW = 1_800_000_000_000;

test('wrong passwords cost more and more time, and are forgotten after an hour', () => {
  const table: [number, number][] = [
    [0, 0],
    [3, 0],
    [4, SECOND],
    [7, 8 * SECOND],
    [13, 512 * SECOND],
    [14, 15 * MINUTE],
    [500, 15 * MINUTE],
  ];
  for (const [wrong, delay] of table) assert.equal(delayAfter(wrong), delay, String(wrong));
  assert.deepEqual(judgeTry(null, NOW), { look: true, wait: 0 });
  assert.deepEqual(judgeTry({ wrong: 6, lastAt: NOW - SECOND }, NOW), { look: true, wait: 3 * SECOND });
  assert.deepEqual(judgeTry({ wrong: 100, lastAt: NOW - SECOND }, NOW), { look: false, wait: 899 * SECOND });
  assert.deepEqual(judgeTry({ wrong: 100, lastAt: NOW - 15 * MINUTE }, NOW), { look: true, wait: 0 });
  assert.deepEqual(judgeTry({ wrong: 500, lastAt: NOW - HOUR }, NOW), { look: true, wait: 0 });
});

test('one address for whoever can choose among many', () => {
  const same: [string, string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0:0:0:0:1'],
  ];
  for (const [a, b] of same) assert.equal(groupAddress(a), groupAddress(b));
  const different: [string, string][] = [
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['', 'unknown'],
  ];
  for (const [a, b] of different) assert.notEqual(groupAddress(a), groupAddress(b));
});

test('user names', () => {
  const good: [string, string, string][] = [
    ['Ana', 'Ana', 'ana'],
    ['  Ana María ', 'Ana María', 'ana maría'],
    ['ＡＮＡ', 'ANA', 'ana'],
    ['Straße', 'Straße', 'strasse'],
    ['王伟', '王伟', '王伟'],
    ['ana@example.org', 'ana@example.org', 'ana@example.org'],
    ["O'Neill-2", "O'Neill-2", "o'neill-2"],
    ['x'.repeat(64), 'x'.repeat(64), 'x'.repeat(64)],
  ];
  for (const [input, name, key] of good) assert.deepEqual(checkUserName(input), { name, key });
  const bad: [string, string][] = [
    ['', 'user-name-empty'],
    ['   ', 'user-name-empty'],
    ['x'.repeat(65), 'user-name-long'],
    ['ﷺ'.repeat(10), 'user-name-long'],
    ['a  b', 'user-name-characters'],
    ['a\u0000b', 'user-name-characters'],
    ['a\u202Eb', 'user-name-characters'],
    ['-ana', 'user-name-characters'],
    ['a/b', 'user-name-characters'],
    ['😀', 'user-name-characters'],
  ];
  for (const [input, reason] of bad)
    assert.equal(
      codeOf(() => checkUserName(input)),
      `invalid/${reason}`,
      input,
    );
});
