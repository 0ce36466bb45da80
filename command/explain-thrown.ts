import { MailError } from '../common/errors.ts';

/** What the system says of a file or folder that was named wrongly, or is not for who named it. */
const UNUSABLE = new Set([
  'EACCES',
  'EPERM',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
  'EROFS',
  'ENAMETOOLONG',
  'ELOOP',
]);

/** Whatever a command threw, as an error of ours: files and folders that cannot be used are not our fault. */
export function explainThrown(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const { code = '', path, message } = Object(error) as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MailError('disk-full', message, { cause: error });
  if (path === undefined || !UNUSABLE.has(code)) {
    return new MailError('internal', 'unexpected', { cause: error });
  }
  // As `EACCES: permission denied, open '/x'`.
  const detail = /^\w+: ([^,]+)/.exec(message)?.[1] ?? code;
  return new MailError('invalid', message, {
    reason: 'file-unusable',
    params: { file: path, detail },
    cause: error,
  });
}
