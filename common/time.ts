/** Milliseconds since the epoch, as stored in every database of ours (bigint columns). */
export type Millis = number;

/** The only source of "now": servers get one handed in, so tests can move it. */
export interface Clock {
  now(): Millis;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 UTC with milliseconds, the form of every time on the wire. */
export function formatTime(at: Millis): string;
export function formatTime(at: Millis | null): string | null;
export function formatTime(at: Millis | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
