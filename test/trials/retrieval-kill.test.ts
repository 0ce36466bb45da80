import { describe, test } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { KillLane } from './kill-lane.ts';
import { makeChances } from './kill-rig.ts';

const FULL = process.env['VALIJA_TRIALS'] === 'full';
const KILLS = FULL ? 500 : 10;
/** Valijas that are killed beside each other: all of it, or its storage-server alone. */
const LANES: ('whole' | 'storage')[] = FULL ? ['whole', 'storage'] : ['storage'];
const SEED = Number(process.env['VALIJA_SEED'] ?? Date.now() % 1_000_000);
/** Where a server may die by itself, and how often the point is passed in one poll. */
const POINTS: [name: string, times: number][] = [
  ['listed', 1],
  ['retrieved', 12],
  ['before-commit', 1],
  ['committed', 1],
  ['before-dele', 1],
  ['after-dele', 1],
  ['quit-sent', 1],
  ['after-quit', 1],
];
/** A poll takes about so long, in ms. */
const POLL = 250;

describe(
  `${KILLS} SIGKILLs during retrieval with retention delete`,
  { skip: missingComponent('dovecot') },
  () => {
    test(
      'what the maildrop no longer has is in the store byte by byte; nothing is doubled',
      { timeout: 3_000_000 },
      async (t) => {
        t.diagnostic(`seed ${SEED} (VALIJA_SEED=${SEED} repeats it)`);
        const chance = makeChances(SEED);
        const counts = new Map<string, number>();
        let left = KILLS;
        /** Every other kill at a named point, each of them in turn; the rest at random moments. */
        const choose = (): Parameters<KillLane['kill']>[0] => {
          const turn = KILLS - left;
          const [name, times] = POINTS[Math.floor(turn / 2) % POINTS.length]!;
          const named = FULL ? turn % 2 === 0 : turn < POINTS.length;
          const [point, most] = FULL ? [name, times] : (POINTS[turn] ?? [name, times]);
          counts.set(named ? point : 'random', (counts.get(named ? point : 'random') ?? 0) + 1);
          if (!named) return { after: chance() * POLL * 1.2 };
          return { point: { name: point, nth: 1 + Math.floor(chance() * most) } };
        };
        let mails = 0;
        const runLane = async (kind: (typeof LANES)[number]): Promise<void> => {
          const lane = new KillLane(kind === 'whole');
          try {
            await lane.open();
            while (left > 0) {
              const how = choose();
              left -= 1;
              await lane.kill(how);
            }
            const count = await lane.finish();
            mails += count;
            const times = lane.starts.toSorted((a, b) => a - b);
            const [median = 0, longest = 0] = [times[times.length >> 1], times.at(-1)];
            const figures = `median ${Math.round(median)} ms, longest ${Math.round(longest)} ms`;
            t.diagnostic(`start after a kill (${kind}, ${times.length} times): ${figures}`);
          } finally {
            await lane.close();
          }
        };
        const ends = await Promise.allSettled(LANES.map(runLane));
        for (const end of ends) if (end.status === 'rejected') throw end.reason;
        t.diagnostic(`kills: ${[...counts].map(([name, count]) => `${count} ${name}`).join(', ')}`);
        t.diagnostic(`${mails} messages: 0 lost, 0 doubled`);
      },
    );
  },
);
