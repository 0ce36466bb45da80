import {
  FIRST_CONCURRENCY,
  adaptConcurrency,
  findCeiling,
  type Concurrency,
  type Verdict,
} from './concurrency.ts';

/** How much each destination is asked at once, and may be. */
export interface Lanes {
  /** Deliveries under way to it. */
  inUse(destination: string): number;
  limitOf(destination: string): number;
  enter(destination: string): void;
  /** Null when nothing was learnt of it. */
  leave(destination: string, verdict: Verdict | null): void;
  /** Destinations that may have no more now. */
  listFull(): string[];
}

/** So many destinations are remembered beside those in use. */
const MOST_REMEMBERED = 10_000;

export function makeLanes(): Lanes {
  const usage = new Map<string, number>();
  const learnt = new Map<string, Concurrency>();

  const limitOf = (destination: string): number => (learnt.get(destination) ?? FIRST_CONCURRENCY).limit;
  return {
    inUse: (destination) => usage.get(destination) ?? 0,
    limitOf,
    enter: (destination) => usage.set(destination, (usage.get(destination) ?? 0) + 1),
    leave: (destination, verdict) => {
      const left = (usage.get(destination) ?? 1) - 1;
      if (left === 0) usage.delete(destination);
      else usage.set(destination, left);
      if (verdict === null) return;
      const before = learnt.get(destination) ?? FIRST_CONCURRENCY;
      // Anew at the end: those not used for longest are forgotten first.
      learnt.delete(destination);
      learnt.set(destination, adaptConcurrency(before, verdict, findCeiling(destination)));
      if (learnt.size > MOST_REMEMBERED) learnt.delete(learnt.keys().next().value ?? '');
    },
    listFull: () =>
      [...usage].filter(([destination, count]) => count >= limitOf(destination)).map(([name]) => name),
  };
}
