import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isMailAddress } from '../../../common/compose/check-address.ts';

suite('addresses that mail can go to', () => {
  for (const address of [
    'a@x.test',
    'first.last+tag@sub.x.test',
    "o'neil@x.test",
    'root@localhost',
    'a@[127.0.0.1]',
    'a@[IPv6:::1]',
    'josé@correo.test',
    'a@bücher.test',
    '"a b"@x.test',
  ]) {
    test(address, () => assert.equal(isMailAddress(address), true));
  }
});

suite('addresses that it cannot go to', () => {
  for (const address of [
    '',
    'a',
    '@x.test',
    'a@',
    'a b@x.test',
    'a@x .test',
    '.a@x.test',
    'a..b@x.test',
    'a@-x.test',
    'a@x..test',
    'a@x.test>',
    'a@x.test\r\nRCPT TO:<b@x.test>',
    'a\0@x.test',
    '"a"b"@x.test',
    `${'a'.repeat(65)}@x.test`,
    `a@${'a'.repeat(64)}.test`,
    'a,b@x.test',
    '<a@x.test>',
  ]) {
    test(JSON.stringify(address), () => assert.equal(isMailAddress(address), false));
  }
  test('a long bad local part is refused in linear time', () => {
    assert.equal(isMailAddress(`"${'\\a'.repeat(30)}@x.test`), false);
  });
});
