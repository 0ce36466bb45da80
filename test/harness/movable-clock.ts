import type { Clock } from '../../common/time.ts';

/** A clock that tests move forward. It begins at the real time, because bearer tokens of clients do. */
export interface MovableClock extends Clock {
  /** By so many milliseconds. */
  advance(ms: number): void;
}

export function makeMovableClock(): MovableClock {
  let ahead = 0;
  return { now: () => Date.now() + ahead, advance: (ms) => void (ahead += ms) };
}
