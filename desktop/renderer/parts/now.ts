import { useSyncExternalStore } from 'react';
import { readClock } from './clock.ts';

/** Milliseconds until the screens look at the clock again. */
const TICK = 30_000;

let now = readClock();

function subscribe(listener: () => void): () => void {
  // Nobody may have looked at the clock for long, or the server has set it.
  if (Math.abs(readClock() - now) > 1000) now = readClock();
  const timer = setInterval(() => {
    now = readClock();
    listener();
  }, TICK);
  return () => clearInterval(timer);
}

/** The time, half a minute exact, for "3 minutes ago" and for what is "today"; it goes on by itself. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
