import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { makeChances } from './kill-rig.ts';
import { RelayKillLane } from './relay-kill-lane.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const KILLS = FULL ? Number(process.env['VALIJA_KILLS'] ?? 600) : 5;
/** Relays that are killed beside each other. */
const LANES = FULL ? 2 : 1;
const SEED = Number(process.env['VALIJA_SEED'] ?? Date.now() % 1_000_000);
/** Where a relay may die by itself; each is passed once for each mail. */
const POINTS = [
  'relay-enqueue',
  'relay-queued',
  'relay-delivering',
  'relay-before-body',
  'relay-dot-sent',
  'relay-delivered',
  'relay-settled',
];
/** A named point is passed for the nth time: up to so many. */
const MOST = 30;
/** All of a life's mails take about so long, in ms. */
const LIFE = 250;

describe(`${KILLS} SIGKILLs while mails come and leave`, { skip: missingComponent('smtp-sink') }, () => {
  test(
    'what was answered with 250 arrives; a second copy only of what was around its final dot',
    { timeout: 3_000_000 },
    async (t) => {
      t.diagnostic(`seed ${SEED} (VALIJA_SEED=${SEED} repeats it)`);
      const chance = makeChances(SEED);
      const counts = new Map<string, number>();
      let left = KILLS;
      /** Named points in turn, and as often at random moments. */
      const choose = (): Parameters<RelayKillLane['kill']>[0] => {
        const turn = KILLS - left;
        const named = FULL ? turn % 2 === 0 : turn < 4;
        const name = POINTS[(FULL ? Math.floor(turn / 2) : SEED + turn * 2) % POINTS.length] ?? '';
        counts.set(named ? name : 'random', (counts.get(named ? name : 'random') ?? 0) + 1);
        const number = chance();
        return named ? { point: { name, nth: 1 + Math.floor(number * MOST) } } : { after: number * LIFE };
      };
      let mails = 0;
      let doubled = 0;
      const runLane = async (): Promise<void> => {
        const lane = new RelayKillLane();
        try {
          await lane.open();
          while (left > 0) {
            const how = choose();
            left -= 1;
            await lane.kill(how);
          }
          mails += await lane.finish();
          doubled += lane.doubled;
        } finally {
          await lane.close();
        }
      };
      const ends = await Promise.allSettled(Array.from({ length: LANES }, runLane));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      t.diagnostic(`kills: ${[...counts].map(([name, count]) => `${count} ${name}`).join(', ')}`);
      t.diagnostic(`${mails} mails: 0 lost, ${doubled} second copies after ${KILLS} kills`);
      if (FULL) assert.ok(doubled <= KILLS, `${doubled} second copies after ${KILLS} kills`);
    },
  );
});
