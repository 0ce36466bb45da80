import { SECOND, type Millis } from '../../../common/time.ts';

/** A delivery that takes longer than this mostly waits for its host. */
const SLOW_AFTER: Millis = 10 * SECOND;
/** Slow ones cost a socket and little else; so many times the places may be under way in all. */
const SLOW_SHARE = 10;

/**
 * Places for deliveries under way. One that turned slow gives its place to others: hosts that take a connection and say
 * nothing would hold up everybody else's mail, and a few names are enough for that.
 */
export interface Places {
  /** How many more deliveries may begin now. */
  readonly free: number;
  take(lease: string): void;
  give(lease: string): void;
}

/** `onFree` is called when a slow one leaves its place. */
export function makePlaces(most: number, onFree: () => void): Places {
  const quick = new Map<string, NodeJS.Timeout>();
  const slow = new Set<string>();
  return {
    get free() {
      return Math.min(most - quick.size, most * SLOW_SHARE - quick.size - slow.size);
    },
    take: (lease) => {
      const turnSlow = (): void => {
        quick.delete(lease);
        slow.add(lease);
        onFree();
      };
      quick.set(lease, setTimeout(turnSlow, SLOW_AFTER).unref());
    },
    give: (lease) => {
      clearTimeout(quick.get(lease));
      quick.delete(lease);
      slow.delete(lease);
    },
  };
}
