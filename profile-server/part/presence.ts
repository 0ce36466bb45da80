import { SECOND } from '../../common/time.ts';

/** A part ends one waiting call and begins the next within this, also on a slow line. */
const BETWEEN_CALLS = 3 * SECOND;

/** Which parts are there just now: each keeps a waiting call open, and a process that is killed drops it at once. */
export interface Presence {
  /** A waiting call of the part begins; to be called when it ends. */
  enter(part: string): () => void;
  /** True when its last waiting call ended and none came; false also for parts that never called here. */
  isGone(part: string): boolean;
}

export function makePresence(now: () => number = () => performance.now()): Presence {
  const known = new Map<string, { open: number; left: number }>();
  return {
    enter: (part) => {
      const entry = known.get(part) ?? { open: 0, left: 0 };
      known.set(part, entry);
      entry.open += 1;
      let over = false;
      return () => {
        if (over) return;
        over = true;
        entry.open -= 1;
        entry.left = now();
      };
    },
    isGone: (part) => {
      const entry = known.get(part);
      return entry !== undefined && entry.open === 0 && now() - entry.left > BETWEEN_CALLS;
    },
  };
}
