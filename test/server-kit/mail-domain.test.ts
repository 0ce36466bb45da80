import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLiteral, toAsciiAddress, toAsciiDomain } from '../../server-kit/mail-domain.ts';

describe('toAsciiDomain', () => {
  const cases: [string, string | null][] = [
    ['Example.TEST', 'example.test'],
    ['example.test.', 'example.test'],
    ['bücher.test', 'xn--bcher-kva.test'],
    ['[127.0.0.1]', '[127.0.0.1]'],
    ['[IPv6:::1]', '[ipv6:::1]'],
    ['[300.1.1.1]', null],
    ['', null],
    ['a b.test', null],
    ['a/b.test', null],
    ['a%2eb.test', null],
    ['a..test', null],
    [`${'a'.repeat(64)}.test`, null],
    ['user:pass@x.test', null],
  ];
  for (const [domain, ascii] of cases) {
    test(`${domain} → ${ascii}`, () => assert.equal(toAsciiDomain(domain), ascii));
  }

  test('literals', () => {
    assert.equal(readLiteral('[192.0.2.1]'), '192.0.2.1');
    assert.equal(readLiteral('[IPv6:2001:db8::1]'), '2001:db8::1');
    assert.equal(readLiteral('[::1]'), null);
    assert.equal(readLiteral('192.0.2.1'), null);
  });
});

describe('toAsciiAddress', () => {
  const cases: [string, string][] = [
    ['José@Bücher.TEST', 'José@xn--bcher-kva.test'],
    ['a@[192.0.2.1]', 'a@[192.0.2.1]'],
    ['a@b..test', 'a@b..test'],
    ['', ''],
  ];
  for (const [address, ascii] of cases) {
    test(`${address} → ${ascii}`, () => assert.equal(toAsciiAddress(address), ascii));
  }
});
