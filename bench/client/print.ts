import type { LineRules } from './line.ts';
import type { ScrollFigures } from './scroll.ts';
import type { SessionFigures } from './session.ts';
import type { Figure, VisitFigures } from './visits.ts';
import { median } from '../percentile.ts';

function describeLine({ bytesPerSecond, delayMs }: LineRules): string {
  return bytesPerSecond === Infinity
    ? 'unthrottled'
    : `${(bytesPerSecond * 8) / 1e6} Mbit/s, ${2 * delayMs} ms round trip`;
}

function describeFigure(figures: readonly Figure[]): string {
  const of = (read: (figure: Figure) => number): number => median(figures.map(read));
  return `${of(({ ms }) => ms).toFixed(0)} ms, ${(of(({ bytes }) => bytes) / 1000).toFixed(1)} KB, ${of(({ requests }) => requests)} requests`;
}

/** Ours first, then the peer's where there is one. */
export function printVisits(rules: LineRules, seen: readonly VisitFigures[]): void {
  console.log(`\n${describeLine(rules)} (medians)`);
  for (const visit of ['cold', 'warm', 'open', 'open next'] as const) {
    const [ours, peer] = seen.map((figures) => figures[visit]);
    if (ours === undefined) continue;
    const own = `${visit.padEnd(10)} valija ${describeFigure(ours)}`;
    if (peer === undefined) {
      console.log(own);
      continue;
    }
    const ratio = median(peer.map(({ ms }) => ms)) / median(ours.map(({ ms }) => ms));
    console.log(`${own} | roundcube ${describeFigure(peer)} | roundcube takes ${ratio.toFixed(1)}x`);
  }
}

export function printSessions(sessions: readonly SessionFigures[]): void {
  const told = sessions.map(({ bytes, requests, opened }, at) => {
    const slowest = Math.max(...opened);
    return `${at === 0 ? 'valija' : 'roundcube'} ${(bytes / 1000).toFixed(0)} KB, ${requests} requests, a mail ${median(opened).toFixed(0)} ms (slowest ${slowest.toFixed(0)})`;
  });
  console.log(`20 read, 2 sent, from an empty cache, both ways: ${told.join(' | ')}`);
}

export function printActions(slowest: ReadonlyMap<string, number>): void {
  const told = [...slowest].map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
  console.log(`answers on screen, ms, the slowest of three: ${told.join(', ')}`);
}

export function printScroll(seen: ScrollFigures): void {
  console.log(
    `\nscrolled through ${seen.loaded} mails in ${seen.seconds.toFixed(0)} s: ${seen.frames} frames, ` +
      `${seen.slow} over 50 ms, ${seen.gaps} with a gap; ${seen.heap.toFixed(0)} MiB of heap`,
  );
}
