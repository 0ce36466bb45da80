import { MailError, type ErrorCode } from '../../../common/errors.ts';
import type { Param } from '../../../server-kit/database/database.ts';
import type { NewMail } from '../queued-mail.ts';
import type { Change, Claim, Enqueued, Settlement } from './change.ts';

/** What the thread that writes is asked; one transaction is open at a time, the others wait in it. */
export type Request =
  | ({ kind: 'changes' } & PackedChanges)
  /** Answered with the number of the transaction, which all that belongs to it names. */
  | { kind: 'begin' }
  | { kind: 'commit' | 'rollback'; transaction: number }
  | { kind: 'empty-log' }
  | { kind: 'close' }
  | { kind: 'run' | 'all' | 'get'; transaction: number; text: string; values: readonly Param[] };

export type Asked = Request & { call: number };
export type Answer =
  { call: number; ok: true; value: unknown } | { call: number; ok: false; failure: Failure };

/**
 * Changes on their way to the thread: as JSON, which costs a fraction of a clone, and the bytes of all mails in one buffer
 * that moves instead of being copied.
 */
export interface PackedChanges {
  text: string;
  bytes: ArrayBuffer;
}

type PackedSettlement = Omit<Settlement, 'dsn'> & { dsn: { raw: string; about: readonly number[] } | null };
type PackedChange =
  | { mail: Omit<NewMail, 'body'>; claim: Claim | null; start: number; length: number }
  | { settlement: PackedSettlement };

export type Written = readonly (Enqueued | null)[];

export function packChanges(changes: readonly Change[]): PackedChanges {
  const total = changes.reduce((sum, one) => sum + (one.kind === 'mail' ? one.mail.body.length : 0), 0);
  // Of its own memory, so that it can move, and not filled with zeros first.
  const bytes = Buffer.allocUnsafeSlow(total);
  let end = 0;
  const packed = changes.map((change): PackedChange => {
    if (change.kind === 'settlement') {
      const { dsn, ...settlement } = change.settlement;
      const raw = dsn === null ? '' : Buffer.from(dsn.raw).toString('base64');
      return { settlement: { ...settlement, dsn: dsn && { ...dsn, raw } } };
    }
    const { body, ...mail } = change.mail;
    const start = end;
    bytes.set(body, start);
    end += body.length;
    return { mail, claim: change.claim, start, length: body.length };
  });
  return { text: JSON.stringify(packed), bytes: bytes.buffer };
}

export function unpackChanges({ text, bytes }: PackedChanges): Change[] {
  return (JSON.parse(text) as PackedChange[]).map((change): Change => {
    if ('settlement' in change) {
      const { dsn, ...settlement } = change.settlement;
      const raw = Buffer.from(dsn?.raw ?? '', 'base64');
      return { kind: 'settlement', settlement: { ...settlement, dsn: dsn && { ...dsn, raw } } };
    }
    const { mail, start, length, claim } = change;
    return { kind: 'mail', claim, mail: { ...mail, body: Buffer.from(bytes, start, length) } };
  });
}

/** What of an error passes from the thread to the one that asked. */
interface Failure {
  mail: { code: ErrorCode; reason: string | null } | null;
  message: string;
}

export function packFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { mail: error instanceof MailError ? { code: error.code, reason: error.reason } : null, message };
}

export function unpackFailure({ mail, message }: Failure): Error {
  if (mail === null) return new Error(message);
  return new MailError(mail.code, message, mail.reason === null ? {} : { reason: mail.reason });
}
