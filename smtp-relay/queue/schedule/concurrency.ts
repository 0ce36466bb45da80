import { slowsDestination } from '../../../common/reply/reply-class.ts';
import type { Outcome } from '../queued-mail.ts';

/** How many deliveries a destination may have at once, learnt from how they end. */
export interface Concurrency {
  limit: number;
  /** Good ends since the limit changed. */
  good: number;
  /** It has never been too much yet: the limit grows with each good end, later with as many as it is high. */
  untried: boolean;
}

/** `good`: taken, or refused for reasons of its own. `strained`: the host had no time for us. */
export type Verdict = 'good' | 'strained';

export const FIRST_CONCURRENCY: Concurrency = { limit: 3, good: 0, untried: true };

/** Of what a host may be asked at once; providers' own limits are kept by the sessions themselves. */
export function findCeiling(destination: string): number {
  return destination.startsWith('account:') ? 10 : 20;
}

export function adaptConcurrency(before: Concurrency, verdict: Verdict, ceiling: number): Concurrency {
  const { limit, untried } = before;
  if (verdict === 'strained') return { limit: Math.max(1, Math.floor(limit / 2)), good: 0, untried: false };
  const good = before.good + 1;
  if (limit >= ceiling || (!untried && good < limit)) return { ...before, good: Math.min(good, ceiling) };
  return { limit: limit + 1, good: 0, untried };
}

/** What the host's own state tells: one that has no time for us is asked for less. */
export function judgeOutcomes(outcomes: readonly Outcome[]): Verdict {
  return outcomes.some(slowsDestination) ? 'strained' : 'good';
}
