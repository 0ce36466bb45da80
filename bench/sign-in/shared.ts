export const PASSWORD = 'a password of the bench 1';

/** Of the server: milliseconds of event-loop delay, bytes of memory. */
export interface Measured {
  p50: number;
  p99: number;
  max: number;
  rssBefore: number;
  rssMost: number;
}
