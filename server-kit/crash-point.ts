/**
 * Named places at which a test lets the process die, to see what the next one finds. Off unless somebody arms them in
 * this very process; no setting, no variable and no call from outside does.
 */
let armed: ((name: string) => void) | null = null;

/** This process passes the place `name`. */
export function reach(name: string): void {
  armed?.(name);
}

/** For the trials: `onReach` hears of every place that is passed from now on. */
export function armCrashPoints(onReach: (name: string) => void): void {
  armed = onReach;
}
