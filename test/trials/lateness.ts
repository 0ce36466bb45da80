/** How late polls began, in milliseconds. */
export interface Lateness {
  polls: number;
  median: number;
  p95: number;
  worst: number;
}

/**
 * The lateness of each time at which an account was due: its next session after that, or `end` if none came.
 * Times in ms, ascending. A session may begin a moment before what a sample called due.
 */
export function matchStarts(dues: readonly number[], starts: readonly number[], end: number): number[] {
  const late: number[] = [];
  for (const [index, due] of dues.entries()) {
    if (due >= end) continue;
    const until = dues[index + 1] ?? Infinity;
    const start = starts.find((at) => at >= due - TOLERANCE && at < until);
    late.push(Math.max(0, (start ?? end) - due));
  }
  return late;
}

/** Clocks of two processes, and rounding. */
const TOLERANCE = 50;

export function sumUp(late: readonly number[]): Lateness {
  const sorted = late.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  return { polls: sorted.length, median: at(0.5), p95: at(0.95), worst: sorted.at(-1) ?? 0 };
}
