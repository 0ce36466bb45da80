/** Milliseconds before the end at which it is said. */
const WARN_BEFORE = 60_000;

export interface Idleness {
  state: 'active' | 'warning' | 'over';
  /** Whole seconds until the end. */
  left: number;
}

/** Whether somebody is still there; times in milliseconds. A time-out of a minute warns for half of it. */
export function judgeIdle(now: number, lastActivity: number, idle: number): Idleness {
  const left = Math.max(0, Math.ceil((lastActivity + idle - now) / 1000));
  if (left === 0) return { state: 'over', left };
  return { state: left * 1000 <= Math.min(WARN_BEFORE, idle / 2) ? 'warning' : 'active', left };
}

/** Whether the server should hear that somebody is there: at a third of the time that it waits, and only of new activity. */
export function isKeepAliveDue(now: number, last: { activity: number; told: number }, idle: number): boolean {
  return last.activity > last.told && now - last.told >= Math.min(idle / 3, 4 * 60_000);
}
