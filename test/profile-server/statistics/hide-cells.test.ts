import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hideCells } from '../../../profile-server/statistics/hide-cells.ts';
import { packMonth, unpackMonth } from '../../../profile-server/statistics/pack-month.ts';
import { sumYear, type MonthUse } from '../../../profile-server/statistics/sum-year.ts';
import { tabulate } from '../../../profile-server/statistics/tabulate.ts';
import { listPlaces, nameCell, type UseCells } from '../../../profile-server/statistics/use-cells.ts';
import { findComputable, listSums, type Sum } from './find-computable.ts';
import { makeChance, makeUsers } from './random-use.ts';

const LEAST = 10;

function namesOf(segments: UseCells['segments']): string[] {
  return [...new Set([...listPlaces(segments)].map(nameCell))];
}

function makeMonth(seed: number, users: number, groups = 4, providers = 5): MonthUse {
  const use = tabulate(makeUsers(makeChance(seed), users, groups, providers), LEAST);
  return unpackMonth(packMonth({ ...use, ...hideCells(use, LEAST) }));
}

describe('what is hidden of a month', () => {
  for (const [seed, users, groups] of [
    [1, 60, 3],
    [2, 120, 4],
    [3, 200, 6],
    [4, 35, 2],
    [5, 25, 1],
    [6, 9, 2],
    [7, 400, 5],
  ] as const) {
    const month = makeMonth(seed, users, groups);
    it(`${users} users in ${groups} groups: nothing of fewer than ${LEAST} is shown, and nothing hidden can be computed`, () => {
      for (const name of namesOf(month.segments)) {
        const { users: behind } = month.cells.get(name) ?? { users: 0 };
        assert.ok(month.names.has(name) || behind >= LEAST, `${name} of ${behind} users is shown`);
      }
      assert.deepEqual(findComputable(listSums(month.segments, ''), month.names), []);
    });
    it(`${users} users in ${groups} groups: each hidden cell is in a pattern, and patterns are hidden whole`, () => {
      const inPatterns = new Set(month.patterns.flat());
      assert.deepEqual(
        [...month.names].filter((name) => !inPatterns.has(name)),
        [],
      );
      assert.deepEqual(
        [...inPatterns].filter((name) => !month.names.has(name)),
        [],
      );
    });
  }

  it('most of what many users stand behind is shown', () => {
    const month = makeMonth(7, 400, 5);
    const shown = namesOf(month.segments).filter((name) => !month.names.has(name));
    const could = namesOf(month.segments).filter((name) => (month.cells.get(name)?.users ?? 0) >= LEAST);
    assert.ok(shown.length > could.length / 2, `${shown.length} of ${could.length}`);
  });

  it('what is hidden for its users alone could be computed: the judge of these tests sees it', () => {
    const use = tabulate(makeUsers(makeChance(2), 120, 4, 5), LEAST);
    const few = namesOf(use.segments).filter((name) => (use.cells.get(name)?.users ?? 0) < LEAST);
    assert.ok(findComputable(listSums(use.segments, ''), new Set(few)).length > 0);
  });
});

describe('what is hidden of a year', () => {
  it('neither its sums nor those of its months give away anything', () => {
    const months = [11, 12, 13, 14].map((seed) => makeMonth(seed, 90, 3, 3));
    const year = sumYear(months);
    const sums: Sum[] = [
      ...months.flatMap((month, at) => listSums(month.segments, `${at} `)),
      ...listSums(year.segments, 'year '),
    ];
    for (const name of namesOf(year.segments)) {
      const parts = months.flatMap((month, at): [string, number][] =>
        namesOf(month.segments).includes(name) ? [[`${at} ${name}`, 1]] : [],
      );
      sums.push(new Map([[`year ${name}`, -1], ...parts]));
    }
    const hidden = new Set([
      ...months.flatMap((month, at) => [...month.names].map((name) => `${at} ${name}`)),
      ...[...year.names].map((name) => `year ${name}`),
    ]);
    assert.deepEqual(findComputable(sums, hidden), []);
    const shown = namesOf(year.segments).filter((name) => !year.names.has(name));
    assert.ok(shown.length > 20, `${shown.length} cells are shown`);
    for (const name of shown) {
      const value = months.reduce((sum, month) => sum + (month.cells.get(name)?.value ?? 0), 0);
      assert.equal(year.cells.get(name)?.value ?? 0, value);
      assert.ok(months.some((month) => (month.cells.get(name)?.users ?? 0) >= LEAST));
    }
  });
});
