/** How long something took, in the buckets of a Prometheus histogram; seconds. */
export interface Histogram {
  observe(seconds: number): void;
  /** Its lines of the text format, under `name`. */
  write(name: string, help: string): string[];
}

export function makeHistogram(bounds: readonly number[]): Histogram {
  /** The last one is of what took longer than every bound. */
  const counts = Array.from({ length: bounds.length + 1 }, () => 0);
  let sum = 0;
  return {
    observe: (seconds) => {
      const index = bounds.findIndex((bound) => seconds <= bound);
      const bucket = index === -1 ? bounds.length : index;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      sum += seconds;
    },
    write: (name, help) => {
      let total = 0;
      const buckets = counts.map((count, index) => {
        total += count;
        return `${name}_bucket{le="${bounds[index] ?? '+Inf'}"} ${total}`;
      });
      return [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} histogram`,
        ...buckets,
        `${name}_sum ${Number(sum.toFixed(6))}`,
        `${name}_count ${total}`,
      ];
    },
  };
}
