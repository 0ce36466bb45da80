import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ItemValue } from '../../../common/shapes/profile.ts';
import { listChangedFields, mergeValues } from '../../../common/profile/merge-values.ts';

type Row = [what: string, base: ItemValue, theirs: ItemValue, mine: ItemValue, expected: unknown];

const ROWS: Row[] = [
  ['fields of their own', { a: 1, b: 2 }, { a: 9, b: 2 }, { a: 1, b: 8 }, { value: { a: 9, b: 8 } }],
  ['the same change twice', { a: 1 }, { a: 2 }, { a: 2 }, { value: { a: 2 } }],
  ['the same field', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 3, b: 5 }, { conflict: ['a'] }],
  ['two of the same fields', { a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 3 }, { conflict: ['a', 'b'] }],
  ['a field that came', { a: 1 }, { a: 1, n: 1 }, { a: 2 }, { value: { a: 2, n: 1 } }],
  ['a field that went', { a: 1, n: 1 }, { a: 1 }, { a: 2, n: 1 }, { value: { a: 2 } }],
  [
    'what has parts is one field',
    { s: { t: 1, h: 1 } },
    { s: { t: 2, h: 1 } },
    { s: { t: 1, h: 2 } },
    { conflict: ['s'] },
  ],
  [
    'the order of keys is no change',
    { s: { t: 1, h: 1 } },
    { s: { h: 1, t: 1 } },
    { s: { t: 3, h: 1 } },
    { value: { s: { t: 3, h: 1 } } },
  ],
  ['removed there, changed here', { a: 1 }, null, { a: 2 }, { conflict: [] }],
  ['changed there, removed here', { a: 1 }, { a: 2 }, null, { conflict: [] }],
  ['removed there, the same here', { a: 1 }, null, { a: 1 }, { value: null }],
  ['removed twice', { a: 1 }, null, null, { value: null }],
  ['back to what it was there, removed here', { a: 1 }, { a: 1 }, null, { value: null }],
  ['words', 'x', 'y', 'z', { conflict: [] }],
  ['lists of words', ['a', 'b'], ['a', 'b', 'c'], ['b', 'd'], { value: ['b', 'c', 'd'] }],
  [
    'lists in fields',
    { l: [{ x: 1 }] },
    { l: [{ x: 1 }, { x: 2 }] },
    { l: [{ x: 1 }, { x: 3 }] },
    { value: { l: [{ x: 1 }, { x: 2 }, { x: 3 }] } },
  ],
  [
    'both took the same out',
    { l: ['a', 'b'] },
    { l: ['b'] },
    { l: ['b', 'c'] },
    { value: { l: ['b', 'c'] } },
  ],
  ['both put another in its place', { l: ['a'] }, { l: ['b'] }, { l: ['c'] }, { conflict: ['l'] }],
  ['another order there', { l: ['a', 'b'] }, { l: ['b', 'a'] }, { l: ['a', 'b', 'c'] }, { conflict: ['l'] }],
  ['numbers mean their place', [1, 2], [1, 3], [4, 2], { conflict: [] }],
];

describe('two changes of one value', () => {
  for (const [what, base, theirs, mine, expected] of ROWS) {
    it(`are brought together or refused: ${what}`, () => {
      assert.deepEqual(mergeValues(base, theirs, mine), expected);
    });
  }

  it('are named by the fields in which they differ', () => {
    assert.deepEqual(listChangedFields({ a: 1, b: [1], c: null }, { a: 2, b: [1], d: 1 }), ['a', 'c', 'd']);
    assert.deepEqual(listChangedFields('a', 'b'), []);
  });
});
