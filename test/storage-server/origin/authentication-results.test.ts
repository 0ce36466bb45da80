import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  describeUpstream,
  findUpstream,
  parseAuthenticationResults,
} from '../../../storage-server/origin/authentication-results.ts';

test('an Authentication-Results field is read with comments, quotes and properties', () => {
  const parsed = parseAuthenticationResults(
    'MX.Example.org 1; dkim=pass (good; "key") header.i=@sender.net header.s=s1 header.b="ab;c"; ' +
      'spf=softfail reason="x; y" smtp.mailfrom=a@Bounce.sender.net; dmarc/1=fail header.from=sender.net; foo=bar; dkim=maybe',
  );
  assert.equal(parsed?.id, 'mx.example.org');
  assert.deepEqual(
    parsed.methods.map(({ method, result }) => `${method}=${result}`),
    ['dkim=pass', 'spf=softfail', 'dmarc=fail'],
  );
  assert.deepEqual(describeUpstream(parsed, 'sender.net'), {
    from: { domain: 'sender.net', dmarc: 'fail' },
    dkim: [{ domain: 'sender.net', selector: 's1', result: 'pass' }],
    spf: { domain: 'bounce.sender.net', result: 'softfail', ip: null },
    arc: null,
    by: 'mx.example.org',
  });
});

test('what is no such field is nothing', () => {
  for (const value of ['', ';', '; dkim=pass', 'a b c; dkim=pass', '(', '"']) {
    assert.equal(parseAuthenticationResults(value), null, value);
  }
  assert.deepEqual(parseAuthenticationResults('mx.example.org; none')?.methods, []);
  for (const piece of ['(', '"', ';', 'a=', 'a=b ', '\\'])
    parseAuthenticationResults(`x; ${piece.repeat(50_000)}`);
});

const AR = 'Authentication-Results';
const PASS = (id: string): [string, string] => [AR, `${id}; spf=pass smtp.mailfrom=good.test`];
const FAIL = (id: string): [string, string] => [AR, `${id}; spf=fail smtp.mailfrom=evil.test`];
const HOP: [string, string] = ['Received', 'x'];
const CASES: {
  name: string;
  fields: [string, string][];
  border: number | null;
  expected: string[] | null;
}[] = [
  {
    name: 'above the border',
    fields: [FAIL('mx.own.test'), HOP, PASS('mx.own.test')],
    border: 1,
    expected: ['fail'],
  },
  {
    name: 'right below the border by a known id, the topmost',
    fields: [HOP, FAIL('known'), PASS('known'), HOP],
    border: 0,
    expected: ['fail'],
  },
  {
    name: 'below the next hop nothing is believed',
    fields: [HOP, HOP, PASS('known')],
    border: 0,
    expected: null,
  },
  {
    name: 'right below the border by a mere host name',
    fields: [HOP, PASS('mx.own.test')],
    border: 0,
    expected: null,
  },
  { name: 'somebody else above the border', fields: [PASS('mx.evil.test'), HOP], border: 1, expected: null },
  {
    name: 'several of one id above the border belong together',
    fields: [FAIL('known'), [AR, 'known; dkim=pass header.d=a.test'], HOP],
    border: 2,
    expected: ['fail', 'pass'],
  },
  {
    name: 'without a border only what stands above all hops',
    fields: [HOP, PASS('known'), HOP],
    border: null,
    expected: null,
  },
  {
    name: 'without a border, above all hops',
    fields: [FAIL('known'), HOP],
    border: null,
    expected: ['fail'],
  },
  { name: 'without any hop nothing is believed', fields: [PASS('known')], border: null, expected: null },
  {
    name: 'it says nothing',
    fields: [[AR, 'known; none'], FAIL('known'), HOP],
    border: 2,
    expected: ['fail'],
  },
];

describe('whose word is believed', () => {
  for (const { name, fields, border, expected } of CASES) {
    test(name, () => {
      const isHost = (id: string): boolean => id.endsWith('.own.test');
      const found = findUpstream(fields, { ids: ['Known'], isHost, border });
      assert.deepEqual(found?.methods.map(({ result }) => result) ?? null, expected);
    });
  }
});
