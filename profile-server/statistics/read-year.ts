import type { Database } from '../../server-kit/database/database.ts';
import { computeReport } from './compute-report.ts';
import { unpackMonth } from './pack-month.ts';
import type { MonthUse } from './sum-year.ts';
import { listOpenMonths, readReports } from './use-store.ts';

const SCRIPT = new URL('./sum-year-thread.ts', import.meta.url);

/** Years that were added up, packed, the last ones of each database: their months do not change any more. */
const summed = new WeakMap<Database, Map<string, string>>();
const MOST = 4;

/**
 * Whether every month of the year is closed and reported, `open` being the first open month. While one is still to be
 * reported there is no year: with that month and without it would be two, whose difference tells what the month hides.
 */
export async function isYearOver(db: Database, year: string, open: string): Promise<boolean> {
  if (`${year}-12` >= open) return false;
  return !(await listOpenMonths(db.read, open)).some((month) => month.startsWith(year));
}

/** The sums of a year that is over; null where nothing was reported of it. */
export async function readYear(db: Database, year: string): Promise<MonthUse | null> {
  const known = summed.get(db) ?? new Map<string, string>();
  summed.set(db, known);
  const before = known.get(year);
  if (before !== undefined) return unpackMonth(before);
  const months = await readReports(db.read, year);
  if (months.length === 0) return null;
  const sum = await computeReport(
    SCRIPT,
    months.map(({ report }) => report),
  );
  known.set(year, sum);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  return unpackMonth(sum);
}
