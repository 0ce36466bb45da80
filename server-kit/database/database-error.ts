import { MailError } from '../../common/errors.ts';

/** Full disks and lost databases get a code of the contract; everything else stays as it is. */
export function toDatabaseError(error: unknown): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC' || code === 'ER_RECORD_FILE_FULL') {
    return new MailError('disk-full', 'the disk of the database is full', { cause: error });
  }
  if (['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_SHMSIZE', 'EDQUOT'].includes(code)) {
    return new MailError('disk-full', 'the database cannot be written', { cause: error });
  }
  if (['ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT'].includes(code)) {
    return new MailError('unavailable', 'the database does not answer', { reason: 'database', cause: error });
  }
  return error;
}

/** MySQL's word for a key that another row has. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ER_DUP_ENTRY';
}

export function isTableMissing(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    code === 'ER_NO_SUCH_TABLE' || (code === 'SQLITE_ERROR' && String(message).startsWith('no such table'))
  );
}

/** 1213 deadlock and 1205 lock time-out: MySQL rolled the transaction back, running it again is the remedy. */
export function isRetryable(error: unknown): boolean {
  const number = typeof error === 'object' && error !== null && 'errno' in error ? error.errno : 0;
  return number === 1213 || number === 1205;
}
