import { MailError, type ErrorCode } from '../../../common/errors.ts';
import type { Param } from '../../../server-kit/database/database.ts';
import type { NewMail } from '../queued-mail.ts';
import type { Change, Enqueued } from './change.ts';

/** What the thread that writes is asked; one transaction is open at a time, the others wait in it. */
export type Request =
  | { kind: 'changes'; changes: PackedChange[]; bytes: ArrayBuffer }
  | { kind: 'begin' }
  | { kind: 'commit' }
  | { kind: 'rollback' }
  | { kind: 'empty-log' }
  | { kind: 'close' }
  | { kind: 'run' | 'all' | 'get'; text: string; values: readonly Param[] };

export type Asked = Request & { call: number };
export type Answer =
  { call: number; ok: true; value: unknown } | { call: number; ok: false; failure: Failure };

/** Of a change everything but its bytes, which all stand in one buffer that moves to the thread instead of being copied. */
export type PackedChange =
  | (Omit<Extract<Change, { kind: 'mail' }>, 'mail'> & {
      mail: Omit<NewMail, 'body'>;
      start: number;
      length: number;
    })
  | Extract<Change, { kind: 'settlement' }>;

export type Written = readonly (Enqueued | null)[];

export function packChanges(changes: readonly Change[]): { changes: PackedChange[]; bytes: ArrayBuffer } {
  const total = changes.reduce((sum, one) => sum + (one.kind === 'mail' ? one.mail.body.length : 0), 0);
  const bytes = new Uint8Array(total);
  let end = 0;
  const packed = changes.map((change): PackedChange => {
    if (change.kind === 'settlement') {
      const { settlement } = change;
      const { dsn } = settlement;
      // Posting a view copies all of the memory below it, which many may share.
      return {
        ...change,
        settlement: { ...settlement, dsn: dsn && { ...dsn, raw: new Uint8Array(dsn.raw) } },
      };
    }
    const { body, ...mail } = change.mail;
    const start = end;
    bytes.set(body, start);
    end += body.length;
    return { ...change, mail, start, length: body.length };
  });
  return { changes: packed, bytes: bytes.buffer };
}

export function unpackChanges({ changes, bytes }: { changes: PackedChange[]; bytes: ArrayBuffer }): Change[] {
  return changes.map((change): Change => {
    if (change.kind === 'settlement') return change;
    const { mail, start, length, kind, claim } = change;
    return { kind, claim, mail: { ...mail, body: Buffer.from(bytes, start, length) } };
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
