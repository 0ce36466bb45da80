import { writeCsv } from '../../../../common/csv/write-csv.ts';

/** The codes of an import as a file for a mail merge or a printer. */
export function writeCodes(codes: readonly { name: string; code: string }[]): string {
  return writeCsv([['name', 'code'], ...codes.map(({ name, code }) => [name, code])]);
}
