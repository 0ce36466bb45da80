/** What is counted since the start, with the outcomes that each may have. */
const COUNTED = {
  sign_ins: ['ok', 'failed', 'limited'],
  refreshes: ['ok', 'reused'],
  polls: ['ok', 'failed', 'lost'],
  /** How long their sessions took together: beside the number of polls, how slow the providers are. */
  poll_seconds: ['ok', 'failed', 'lost'],
  oauth_refreshes: ['ok', 'refused', 'failed'],
} as const;
type Counted = typeof COUNTED;

/** Numbers for /metrics: no names, no addresses. */
export class Metrics {
  readonly #counts = new Map<string, number>();

  count<Name extends keyof Counted>(name: Name, result: Counted[Name][number], by = 1): void {
    const key = lineOf(name, result);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  /** Prometheus text; what never happened stands there as 0. */
  print(): string {
    const lines = Object.entries(COUNTED).flatMap(([name, results]) => [
      `# TYPE valija_profile_${name}_total counter`,
      ...results.map((result) => `${lineOf(name, result)} ${this.#counts.get(lineOf(name, result)) ?? 0}`),
    ]);
    return `${lines.join('\n')}\n`;
  }
}

function lineOf(name: string, result: string): string {
  return `valija_profile_${name}_total{result="${result}"}`;
}
