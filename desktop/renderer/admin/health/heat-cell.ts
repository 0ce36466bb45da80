import type { HeatCell, HeatRow } from '../../../../common/shapes/health.ts';

export type HeatLevel = 'none' | 'good' | 'some' | 'many' | 'all';

/** How bad an hour was, by the share of polls that failed. */
export function judgeCell(cell: HeatCell | null): HeatLevel {
  if (cell === null || cell.polls === 0) return 'none';
  const share = cell.failed / cell.polls;
  if (share === 0) return 'good';
  if (share < 0.25) return 'some';
  return share < 0.9 ? 'many' : 'all';
}

/** Share of failed polls; what failed at all is never 0, what did not fail wholly never 100. */
export function percentOf({ polls, failed }: HeatCell): number {
  if (failed === 0 || polls === 0) return 0;
  if (failed === polls) return 100;
  return Math.min(99, Math.max(1, Math.round((100 * failed) / polls)));
}

/** The last `hours` together. */
export function sumHours(row: Pick<HeatRow, 'cells'>, hours: number): HeatCell {
  return row.cells
    .slice(-hours)
    .reduce<HeatCell>(
      (sum, cell) => ({ polls: sum.polls + (cell?.polls ?? 0), failed: sum.failed + (cell?.failed ?? 0) }),
      { polls: 0, failed: 0 },
    );
}
