import { parseCsv, type CsvRecord } from '../../../common/csv/parse-csv.ts';
import { MailError } from '../../../common/errors.ts';
import { language, type Language } from '../../../common/shapes/profile.ts';
import { checkGroupName } from '../../group/group-name.ts';
import { checkUserName, type UserName } from '../user-name.ts';
import { secondAddressShape } from '../user-shapes.ts';
import { findColumn, type Column } from './columns.ts';
import { checkInitialPassword } from './initial-password-rule.ts';

/** Something that a person has to put right in the file; `reason` as of a MailError `invalid`. */
export interface ImportProblem {
  line: number;
  reason: string;
  params: Record<string, string | number>;
}

/** One user of the file. Undefined: the file has no such column; null: the field is empty. */
export interface UserLine {
  line: number;
  name: UserName;
  displayName: string | null | undefined;
  group: { name: string; key: string } | null | undefined;
  email: string | null | undefined;
  language: Language | null;
  password: string | null;
}

export interface UserFile {
  lines: UserLine[];
  problems: ImportProblem[];
}

const MOST_LINES = 50_000;

/** Everything that is wrong in the file is told at once, each with its line. */
export function readUserFile(csv: string): UserFile {
  const { records, problems: broken } = parseCsv(csv);
  const problems: ImportProblem[] = broken.map(({ line, reason }) => ({ line, reason, params: {} }));
  const [header, ...rest] = records;
  if (header === undefined) return { lines: [], problems: [...problems, problem(1, 'csv-empty')] };
  const columns = readHeader(header, problems);
  if (rest.length > MOST_LINES) {
    problems.push(problem(header.line, 'csv-too-many', { max: MOST_LINES }));
  }
  if (problems.some(({ line }) => line === header.line)) return { lines: [], problems };
  const lines: UserLine[] = [];
  const seen = new Map<string, number>();
  for (const record of rest) {
    const line = readLine(record, columns, problems);
    if (line === null) continue;
    const before = seen.get(line.name.key);
    if (before === undefined) lines.push(line);
    else problems.push(problem(record.line, 'csv-name-twice', { name: line.name.name, first: before }));
    seen.set(line.name.key, before ?? record.line);
  }
  return { lines, problems: problems.sort((a, b) => a.line - b.line) };
}

function readHeader(header: CsvRecord, problems: ImportProblem[]): Column[] {
  const columns: Column[] = [];
  for (const field of header.fields) {
    const column = findColumn(field);
    if (column === null) problems.push(problem(header.line, 'csv-column', { column: field.trim() }));
    else if (columns.includes(column)) {
      problems.push(problem(header.line, 'csv-column-twice', { column: field.trim() }));
    } else columns.push(column);
  }
  if (!columns.includes('name')) problems.push(problem(header.line, 'csv-no-name'));
  return columns;
}

function readLine(record: CsvRecord, columns: readonly Column[], problems: ImportProblem[]): UserLine | null {
  if (record.fields.length !== columns.length) {
    const params = { found: record.fields.length, expected: columns.length };
    problems.push(problem(record.line, 'csv-fields', params));
    return null;
  }
  const before = problems.length;
  const read = <T>(column: Column, check: (text: string) => T): T | null | undefined => {
    const at = columns.indexOf(column);
    if (at === -1) return undefined;
    // Blanks around a password may be part of it.
    const text = column === 'initial_password' ? (record.fields[at] ?? '') : (record.fields[at] ?? '').trim();
    if (text === '' && column !== 'name') return null;
    try {
      return check(text);
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      problems.push(problem(record.line, error.reason ?? 'input', error.params));
      return null;
    }
  };
  const name = read('name', checkUserName);
  const line = {
    line: record.line,
    displayName: read('display_name', checkDisplayName),
    group: read('group', checkGroupName),
    email: read('email', checkEmail),
    language: read('language', checkLanguage) ?? null,
    password: read('initial_password', checkInitialPassword) ?? null,
  };
  return name === null || name === undefined || problems.length > before ? null : { ...line, name };
}

function checkDisplayName(text: string): string {
  if (text.length <= 200) return text;
  throw new MailError('invalid', 'display name refused', {
    reason: 'csv-display-name',
    params: { max: 200 },
  });
}

function checkEmail(text: string): string {
  if (secondAddressShape.safeParse(text).success) return text;
  throw new MailError('invalid', 'address refused', {
    reason: 'csv-email',
    params: { email: text.slice(0, 320) },
  });
}

function checkLanguage(text: string): Language {
  const read = language.safeParse(text.toLowerCase());
  if (read.success) return read.data;
  throw new MailError('invalid', 'language refused', {
    reason: 'csv-language',
    params: { language: text.slice(0, 40), allowed: language.options.join(', ') },
  });
}

export function problem(
  line: number,
  reason: string,
  params: Record<string, string | number> = {},
): ImportProblem {
  return { line, reason, params };
}
