import { MailError } from '../../common/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The MailError for a file system that can take no more; null when the error is something else. */
export function toDiskError(error: unknown): MailError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return FULL.has(code) ? new MailError('disk-full', 'no space left on the disk', { cause: error }) : null;
}
