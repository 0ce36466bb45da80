import { listOfKey } from './list-key.ts';
import { queries } from './mail-cache.ts';
import type { Pages } from './patch-lists.ts';
import { readSeen } from './seen.ts';

/**
 * `upTo` of a change by description: what came since then the person has not seen, and it stays as it is. News are not put
 * into conversations and into what was found: these show what there was when they were read.
 */
export function readShownUpTo(): number | null {
  const shown = queries
    .getQueriesData<Pages>({ queryKey: ['list'], type: 'active' })
    .filter(([key]) => {
      const { query, how } = listOfKey(key);
      return how === 'conversations' || (query !== null && query !== undefined);
    })
    .flatMap(([, data]) => data?.pages.map(({ modseq }) => modseq ?? null) ?? []);
  const known = [readSeen(), ...shown].filter((modseq) => modseq !== null);
  return known.length === 0 ? null : Math.min(...known);
}
