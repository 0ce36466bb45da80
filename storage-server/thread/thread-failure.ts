import { toDatabaseError } from '../../server-kit/database/database-error.ts';

/** What of an error passes from a thread to the one that asked it. */
export interface ThreadFailure {
  code: string | null;
  message: string;
}

export function packFailure(error: unknown): ThreadFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  return { code, message: error instanceof Error ? error.message : String(error) };
}

/** Full disks get their code of the contract; everything else is a fault of ours. */
export function unpackFailure({ code, message }: ThreadFailure): unknown {
  return toDatabaseError(Object.assign(new Error(message), code === null ? {} : { code }));
}
