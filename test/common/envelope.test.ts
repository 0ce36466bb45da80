import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultEnhanced, parseReply, withClass } from '../../common/enhanced-status.ts';
import { hasUtf8LocalPart, isAscii, normaliseAddress, splitAddress } from '../../common/envelope.ts';

describe('addresses', () => {
  const splits: [string, { local: string; domain: string } | null][] = [
    ['a@b.test', { local: 'a', domain: 'b.test' }],
    ['"a@b"@c.test', { local: '"a@b"', domain: 'c.test' }],
    ['a@', null],
    ['@b.test', null],
    ['a', null],
    ['', null],
  ];
  for (const [address, parts] of splits) {
    test(`split ${address}`, () => assert.deepEqual(splitAddress(address), parts));
  }

  test('are compared by domain without case', () => {
    assert.equal(normaliseAddress('Al@X.TEST'), 'Al@x.test');
    assert.equal(normaliseAddress('postmaster'), 'postmaster');
  });

  test('need SMTPUTF8 only for the local part', () => {
    assert.equal(hasUtf8LocalPart('josé@x.test'), true);
    assert.equal(hasUtf8LocalPart('jose@bücher.test'), false);
    assert.equal(isAscii('año'), false);
  });
});

describe('parseReply', () => {
  const cases: [string, ReturnType<typeof parseReply>][] = [
    ['250 2.1.5 fine', { code: 250, enhanced: '2.1.5', text: 'fine' }],
    ['250 ok', { code: 250, enhanced: null, text: 'ok' }],
    ['250', { code: 250, enhanced: null, text: '' }],
    ['550-5.1.1 one\r\n550 5.1.1 two', { code: 550, enhanced: '5.1.1', text: 'one two' }],
    ['550 4.1.1 odd', { code: 550, enhanced: null, text: 'odd' }],
    ['550 5.1.1', { code: 550, enhanced: '5.1.1', text: '' }],
    ['199 no', null],
    ['600 no', null],
    ['hello', null],
    ['', null],
  ];
  for (const [raw, reply] of cases) {
    test(JSON.stringify(raw), () => assert.deepEqual(parseReply(raw), reply));
  }

  test('classes', () => {
    assert.equal(defaultEnhanced(451), '4.0.0');
    assert.equal(withClass('5.1.1', 4), '4.1.1');
  });
});
