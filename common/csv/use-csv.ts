import { writeCsv } from './write-csv.ts';
import {
  USE_SIZES,
  USE_WAITS,
  USE_WAYS,
  USE_ACCOUNTS,
  type UseMeasure,
  type UseReport,
} from '../shapes/use.ts';
import { SECOND } from '../time.ts';

/**
 * A report as CSV (RFC 4180), one line for each cell: `period,by,segment,name,measure,class,value`. Classes are hours, upper ends in
 * bytes, seconds or accounts (`more` has none), ways, `never` and `rule`; `all` is their sum, an empty segment everybody
 * (`-` who is in no group), an empty value one that is not told.
 */
export function formatUseCsv(report: UseReport): string {
  const lines: (string | number | null)[][] = [
    ['period', 'by', 'segment', 'name', 'measure', 'class', 'value'],
  ];
  for (const { kind, measure, rows } of report.tables) {
    const names = [...nameClasses(measure), 'all'];
    for (const { segment, name, classes, total } of rows) {
      for (const [at, value] of [...classes, total].entries()) {
        const who = segment === null ? '' : segment === '' ? '-' : segment;
        lines.push([report.period, kind, who, name, measure, names[at] ?? '', value]);
      }
    }
  }
  return writeCsv(lines);
}

function nameClasses(measure: UseMeasure): string[] {
  const ends = (values: readonly number[]): string[] => [...values.map(String), 'more'];
  const waits = [...USE_WAITS.map((wait) => String(wait / SECOND)), 'never'];
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  const names: Record<UseMeasure, string[]> = {
    inHour: hours,
    inSize: ends(USE_SIZES),
    read: [...waits, 'rule'],
    answered: waits,
    outHour: hours,
    outSize: ends(USE_SIZES),
    outWay: [...USE_WAYS],
    accounts: ends(USE_ACCOUNTS),
  };
  return names[measure];
}
