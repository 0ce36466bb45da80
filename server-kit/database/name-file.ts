import { MailError } from '../../common/errors.ts';

/** What SQLite says of a file that is none of its databases, or may not be opened, as an error that names the file. */
export function nameFile(error: unknown, file: string): unknown {
  const { code = '', message } = Object(error) as NodeJS.ErrnoException;
  const params = { file, detail: message };
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return new MailError('unavailable', message, { reason: 'database-damaged', params, cause: error });
  }
  if (/^SQLITE_(?:CANTOPEN|READONLY|PERM|AUTH)/.test(code)) {
    return new MailError('invalid', message, { reason: 'file-unusable', params, cause: error });
  }
  return error;
}
