import type { Figure, Load } from './measure.ts';
import { median } from '../percentile.ts';

/** What is asked of us beside the tuned Postfix, by size and sessions. */
const ASKED: Record<string, number> = {
  '4096/1': 0.9,
  '4096/10': 2,
  '4096/50': 3,
  '102400/10': 1.3,
  '102400/50': 1.3,
};

function medianOf(figures: readonly Figure[]): Figure {
  const middle = (of: keyof Figure): number => median(figures.map((figure) => figure[of]));
  return { delivered: middle('delivered'), accepted: middle('accepted'), cpu: middle('cpu') };
}

/** One line for each relay: medians of all rounds, and how many times the tuned Postfix that is. */
export function printLoad(load: Load, figures: ReadonlyMap<string, readonly Figure[]>): void {
  const kilobytes = Math.round(load.size / 1024);
  console.log(
    `\n${kilobytes} KB, ${load.sessions} session${load.sessions === 1 ? '' : 's'}, ${load.messages} mails`,
  );
  const tuned = medianOf(figures.get('postfix tuned') ?? []);
  for (const [name, all] of figures) {
    if (all.length === 0) continue;
    const { delivered, accepted, cpu } = medianOf(all);
    const times = delivered / tuned.delivered;
    const asked = name === 'valija' ? ASKED[`${load.size}/${load.sessions}`] : undefined;
    const verdict = asked === undefined ? '' : ` (asked ${asked}: ${times >= asked ? 'met' : 'missed'})`;
    console.log(
      `  ${name.padEnd(15)} ${delivered.toFixed(0).padStart(6)} delivered/s  ${accepted.toFixed(0).padStart(6)} accepted/s  ` +
        `${cpu.toFixed(2).padStart(6)} ms CPU each  ${Number.isNaN(times) ? '' : `${times.toFixed(2)}x tuned Postfix`}${verdict}`,
    );
  }
}
