import { useSyncExternalStore } from 'react';

/** Milliseconds until the screens look at the clock again. */
const TICK = 30_000;

let now = Date.now();

function subscribe(listener: () => void): () => void {
  // Nobody may have looked at the clock for long.
  if (Date.now() - now > 1000) now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, TICK);
  return () => clearInterval(timer);
}

/** The time, half a minute exact, for "3 minutes ago" and for what is "today"; it goes on by itself. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
