import { computeReport } from './compute-report.ts';
import type { UserUse } from './tabulate.ts';

const SCRIPT = new URL('./make-report-thread.ts', import.meta.url);

/** The report of a month, packed. `least`: users that have to stand behind a number. */
export async function makeReport(users: readonly UserUse[], least: number): Promise<string> {
  return await computeReport(SCRIPT, { users, least });
}
