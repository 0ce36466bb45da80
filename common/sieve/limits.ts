/** What one script may ask for, and what running it may cost. */
export const SIEVE_LIMITS = {
  /** UTF-16 units of a script. */
  script: 64 * 1024,
  /** Blocks in blocks, and tests in tests. */
  nesting: 32,
  /** Actions of one run, as in Pigeonhole. */
  actions: 32,
  redirects: 4,
  /** Commands and tests run for one mail. */
  steps: 20_000,
  /**
   * What all comparisons for one mail may cost, in what it takes to look at one character (some nanoseconds): patterns, addresses and
   * characters beyond U+FFFF count for as many as they take.
   */
  work: 250_000_000,
  /** UTF-16 units of a variable (RFC 5229 6 asks for 4,000 at least). */
  variable: 4096,
  /** UTF-16 units of a string after its variables were filled in. */
  text: 128 * 1024,
  /** Variables of one script. */
  variables: 128,
  /** Addresses read from one header field. */
  addresses: 1000,
} as const;
