import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { intersect, packSet } from '../../../../storage-server/search/index/sets/pack-set.ts';

const upTo = (end: number): number[] => Array.from({ length: end }, (_, index) => index);
const every = (step: number, end: number): number[] => upTo(end).filter((number) => number % step === 0);

describe('sets of numbers', () => {
  const cases: [name: string, things: number, numbers: number[], bytes: number][] = [
    ['nothing', 1000, [], 0],
    ['the first', 1000, [0], 1],
    ['the last', 1000, [999], 2],
    ['far apart', 1_000_000, [0, 127, 128, 300, 40_000, 999_999], 1 + 1 + 1 + 2 + 3 + 3],
    ['a distance of 128 still takes a byte', 10_000, [5, 133], 2],
    ['one of 129 takes two', 10_000, [5, 134], 3],
    ['one of a hundred', 10_000, every(100, 10_000), 100],
    ['one of three, as bits', 10_000, every(3, 10_000), 1250],
    ['all, as bits', 1001, upTo(1001), 126],
    ['of one', 1, [0], 1],
  ];
  for (const [name, things, numbers, bytes] of cases)
    test(`${name}: packed and read`, () => {
      const set = packSet(numbers, things);
      assert.equal(set.length, bytes);
      assert.deepEqual(intersect([set], things, things), numbers);
    });

  test('the numbers of all sets, whatever they are packed as, up to as many as are wanted', () => {
    const things = 5000;
    const steps = [
      [2, 3],
      [7, 2],
      [50, 3],
      [50, 75],
      [2, 3, 50, 7],
      [997, 2],
    ];
    for (const some of steps) {
      const sets = some.map((step) => packSet(every(step, things), things));
      const all = upTo(things).filter((number) => some.every((step) => number % step === 0));
      assert.deepEqual(intersect(sets, things, things), all, some.join(' '));
      assert.deepEqual(intersect(sets, things, 2), all.slice(0, 2), some.join(' '));
    }
  });

  test('the last thing beside the end of a byte', () => {
    for (const things of [7, 8, 9, 16, 17]) {
      const numbers = upTo(things).filter((number) => number !== 1);
      assert.deepEqual(intersect([packSet(numbers, things)], things, things), numbers);
    }
  });
});
