/**
 * An address that failed for good for a user: mail to it fails at once until `until`, unless the user takes it off
 * this list. `reason` is a key of the error texts; times are ISO 8601.
 */
export interface Suppression {
  address: string;
  reason: string;
  /** What the other server said, null when it was not kept. */
  serverLine: string | null;
  code: number | null;
  enhanced: string | null;
  /** When it failed last. */
  since: string;
  until: string;
  /** How often it was found so, each at least a day after the one before. */
  times: number;
}
