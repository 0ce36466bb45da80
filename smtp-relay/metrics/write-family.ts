export interface Sample {
  labels?: Record<string, string>;
  value: number;
}

/** One metric with its samples in the text format of Prometheus; label values are ours, never a stranger's. */
export function writeFamily(
  family: { name: string; type: 'counter' | 'gauge'; help: string },
  samples: readonly Sample[],
): string[] {
  const { name, type, help } = family;
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ labels = {}, value }) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
      return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
    }),
  ];
}
