import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairnessRig } from './fairness-rig.ts';
import { matchStarts, sumUp, type Lateness } from './lateness.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const ACCOUNTS = FULL ? 1000 : 80;
const ROUNDS = FULL ? 10 : 3;
/** Seconds; the least that a user may choose, and far less where the trial is small. */
const INTERVAL = FULL ? 60 : 5;

test('how late a poll was: the next session after it was due, and the end for one that never came', () => {
  const table: [dues: number[], starts: number[], late: number[]][] = [
    [[1000], [1200], [200]],
    [[1000], [990], [0]],
    [[1000], [], [9000]],
    [
      [1000, 5000],
      [1100, 5300],
      [100, 300],
    ],
    [[1000, 5000], [5300], [9000, 300]],
    [[1000, 20_000], [1000], [0]],
  ];
  for (const [dues, starts, late] of table) assert.deepEqual(matchStarts(dues, starts, 10_000), late);
  assert.deepEqual(sumUp([5, 1, 3, 2, 4]), { polls: 5, median: 3, p95: 5, worst: 5 });
});

test(
  `${ACCOUNTS} accounts, ${ROUNDS} rounds of ${INTERVAL} s: ten black holes and ten that send a byte a second make nobody else late`,
  { timeout: 3_000_000 },
  async (t) => {
    const rig = await FairnessRig.open(ACCOUNTS);
    try {
      const how = { interval: INTERVAL, rounds: ROUNDS };
      const without = await rig.run({ ...how, withBad: false });
      const withBad = await rig.run({ ...how, withBad: true });
      t.diagnostic(`without the twenty: ${describe(without)}`);
      t.diagnostic(`with the twenty:    ${describe(withBad)}`);
      assert.ok(rig.countBadSessions() > 0, 'the bad ones were polled');
      for (const { polls, p95 } of [without, withBad]) {
        assert.ok(polls >= ((ACCOUNTS - 20) * ROUNDS) / 2, `${polls} polls`);
        assert.ok(p95 < INTERVAL * 1000, `95 of 100 polls were at most ${p95} ms late`);
      }
    } finally {
      await rig.close();
    }
  },
);

function describe({ polls, median, p95, worst }: Lateness): string {
  const [a, b, c] = [median, p95, worst].map((ms) => (ms / 1000).toFixed(2));
  return `${polls} polls of the others, late by ${a} s (median), ${b} s (95th percentile), ${c} s (worst)`;
}
