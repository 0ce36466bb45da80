import { MailError, type ErrorParams } from '../common/errors.ts';

/** A command that was typed wrong: exit 2, with its help. */
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
