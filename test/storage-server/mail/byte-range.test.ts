import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRange } from '../../../storage-server/mail/show/byte-range.ts';

describe('readRange of 100 bytes', () => {
  for (const [header, expected] of [
    [undefined, null],
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=90-1000', { start: 90, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-1000', { start: 0, end: 100 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    ['bytes=x', null],
  ] as const) {
    test(header ?? 'no header', () => assert.deepEqual(readRange(header, 100), expected));
  }
  test('of nothing at all', () => assert.equal(readRange('bytes=0-', 0), 'unsatisfiable'));
});
