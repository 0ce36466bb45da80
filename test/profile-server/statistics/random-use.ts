import { USE_CLASSES, type COUNTED_USES, type UseCounts } from '../../../common/shapes/use.ts';
import type { UserUse } from '../../../profile-server/statistics/tabulate.ts';

/** Numbers from 0 to below 1, the same for the same seed. */
export function makeChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Users of a few groups and providers; some hardly use anything. */
export function makeUsers(chance: () => number, count: number, groups: number, providers: number): UserUse[] {
  return Array.from({ length: count }, (_, at): UserUse => {
    const own: UserUse['providers'] = {};
    const accounts = 1 + Math.floor(chance() * 3);
    for (let one = 0; one < accounts; one++) {
      own[`provider${Math.floor(chance() ** 2 * providers)}`] = makeCounts(chance);
    }
    return {
      group: at % 7 === 0 ? '' : `group${Math.floor(chance() ** 2 * groups)}`,
      accounts,
      providers: own,
    };
  });
}

function makeCounts(chance: () => number): UseCounts {
  const counts: UseCounts = {};
  const spread = (use: (typeof COUNTED_USES)[number], mails: number): void => {
    const classes = Array.from({ length: USE_CLASSES[use] }, () => 0);
    for (let mail = 0; mail < mails; mail++) {
      const bucket = Math.floor(chance() ** 2 * classes.length);
      classes[bucket] = (classes[bucket] ?? 0) + 1;
    }
    counts[use] = classes;
  };
  const received = Math.floor(chance() * 30);
  const sent = Math.floor(chance() ** 3 * 20);
  for (const use of ['inHour', 'inSize', 'read', 'answered'] as const) spread(use, received);
  for (const use of ['outHour', 'outSize', 'outWay'] as const) spread(use, sent);
  return counts;
}
