import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../common/time.ts';
import { chooseNextTry } from '../../smtp-relay/queue/schedule/back-off.ts';

describe('chooseNextTry', () => {
  const cases: [string, { age: number; attempts: number; random: number }, number | null][] = [
    ['after the first try', { age: 0, attempts: 1, random: 0.5 }, MINUTE],
    ['earliest', { age: 0, attempts: 1, random: 0 }, 0.9 * MINUTE],
    ['latest', { age: 0, attempts: 1, random: 1 }, 1.1 * MINUTE],
    ['after the fourth', { age: HOUR, attempts: 4, random: 0.5 }, 30 * MINUTE],
    ['after many', { age: DAY, attempts: 40, random: 0.5 }, 4 * HOUR],
    ['a last try at the very end', { age: 5 * DAY - HOUR, attempts: 40, random: 0.5 }, HOUR],
    ['given up after five days', { age: 5 * DAY, attempts: 40, random: 0.5 }, null],
    ['given up when the clock jumped', { age: 50 * DAY, attempts: 1, random: 0.5 }, null],
  ];
  for (const [name, { age, attempts, random }, pause] of cases) {
    test(name, () => {
      const now = 1_800_000_000_000;
      const next = chooseNextTry({ now, queuedAt: now - age, attempts, random });
      assert.equal(next === null ? null : next - now, pause);
    });
  }
});
