import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseMerge, readStructure, type Structure } from '../../../storage-server/search/index/segments.ts';

/** As FTS5 writes it (fts5_index.c, fts5StructureWrite): numbers below 128 are one byte of a varint. */
const COOKIE = [0, 0, 0, 1];
const RECORDS: [string, number[], Structure][] = [
  ['nothing', [...COOKIE, 0, 0, 0], { segments: [], merging: false }],
  ['one segment', [...COOKIE, 1, 1, 5, 0, 1, 1, 1, 9], { segments: [9], merging: false }],
  [
    'two levels, of which one is merged',
    [...COOKIE, 2, 3, 5, 2, 2, 1, 1, 4, 2, 3, 3, 0, 1, 3, 1, 0x81, 0x00],
    { segments: [4, 1, 128], merging: true },
  ],
  [
    'with removals counted',
    [...COOKIE, 0xff, 0, 0, 1, 1, 2, 5, 0, 2, 1, 1, 4, 1, 2, 0, 0, 7, 2, 1, 2, 3, 3, 0, 0, 7],
    { segments: [4, 2], merging: false },
  ],
];

for (const [name, bytes, expected] of RECORDS)
  test(`a structure of ${name}`, () => assert.deepEqual(readStructure(Buffer.from(bytes)), expected));

test('a damaged structure is read to its end', () => {
  for (const byte of [0xa5, 0xff, 0x7f]) {
    const { segments } = readStructure(Buffer.alloc(300, byte));
    assert.ok(segments.length <= 300, String(segments.length));
  }
});

const CHOICES: [string, number[], boolean, ReturnType<typeof chooseMerge>][] = [
  ['nothing is there', [], false, 'none'],
  ['all is one', [10_000], false, 'none'],
  ['the rest is little', [10_000, 2000, 400], false, 'none'],
  ['the rest has come to a quarter', [10_000, 2000, 600], false, 'all'],
  ['all is little', [100, 80], false, 'none'],
  ['there are many of them', [10_000, 1, 1, 1, 1, 1, 1, 1, 1], false, 'on'],
  ['there are many, and none is large', [1000, 900, 900, 200, 200, 200, 30, 30, 30], false, 'all'],
  ['it has begun', [10_000, 9000], true, 'on'],
];

for (const [name, segments, merging, expected] of CHOICES)
  test(`merging where ${name}: ${expected}`, () =>
    assert.equal(chooseMerge({ segments, merging }), expected));
