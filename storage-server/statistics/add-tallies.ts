import { OTHER_PROVIDER, USE_CLASSES, type UseCounts } from '../../common/shapes/use.ts';
import type { Tally } from './count-mail.ts';

/** Of one user and month, by provider. */
export type UseMonthCounts = Record<string, UseCounts>;

/** More providers than anybody has; what is beyond them is counted as one. */
const MOST_PROVIDERS = 100;

/** The counts with tallies of their month added. */
export function addTallies(counts: UseMonthCounts | null, tallies: readonly Tally[]): UseMonthCounts {
  const sum: UseMonthCounts = structuredClone(counts ?? {});
  for (const { provider, use, bucket } of tallies) {
    const isKept = Object.hasOwn(sum, provider) || Object.keys(sum).length < MOST_PROVIDERS;
    const name = isKept ? provider : OTHER_PROVIDER;
    const own = (sum[name] ??= {});
    const classes = (own[use] ??= Array.from({ length: USE_CLASSES[use] }, () => 0));
    classes[bucket] = (classes[bucket] ?? 0) + 1;
  }
  return sum;
}
