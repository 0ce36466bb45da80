import { MailError, type ErrorParams } from '../common/errors.ts';

/** Usage errors about how a command is put together: its usage line helps. For all others the sentence says enough. */
const SHAPE_REASONS: readonly (string | null)[] = [
  'unknown-option',
  'option-needs-value',
  'option-takes-no-value',
  'missing-option',
  'option-once',
  'one-of-two',
  'missing-argument',
  'too-many-arguments',
  'no-cards',
  'not-together',
  'nothing-to-change',
];

const FILE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'file-missing',
  EACCES: 'file-forbidden',
  EPERM: 'file-forbidden',
  EISDIR: 'file-is-directory',
};

/** A command that was typed wrong: exit 2. */
export function makeUsageError(reason: string, params: ErrorParams = {}): MailError {
  return new MailError('usage', `usage: ${reason}`, { reason, params });
}

/** Reads a number option in a range, or throws usage. */
export function readNumber(option: string, value: string, min: number, max: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw makeUsageError('bad-value', { option, value, allowed: `${min}–${max}` });
  }
  return number;
}

/** Reads one of a few words, or throws usage. */
export function readChoice<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw makeUsageError('bad-value', { option, value, allowed: allowed.join(', ') });
  return found;
}

/** The error of a file that an option names and that cannot be read, in words: usage. */
export function makeFileError(file: string, cause: unknown): MailError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = FILE_REASONS[code ?? ''] ?? 'unreadable-file';
  const params = { file, detail: code ?? message };
  return new MailError('usage', `cannot read ${file}`, { reason, params, cause });
}

/** Whether showing how the command is put together helps with this error. */
export function isShapeError({ code, reason }: MailError): boolean {
  return code === 'usage' && SHAPE_REASONS.includes(reason);
}
