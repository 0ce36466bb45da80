import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { Revocation } from '../../server-kit/auth/revocation.ts';
import { readNumber, takeNumber } from '../counter-store.ts';

const MAX_ROWS = 1000;

export async function addRevocation(tx: Writer, revocation: Revocation): Promise<void> {
  const seq = await takeNumber(tx, 'revocation');
  await tx.run('INSERT INTO revocation (seq, kind, id, at) VALUES (?, ?, ?, ?)', [
    seq,
    revocation.kind,
    revocation.id,
    revocation.at,
  ]);
}

/** What was revoked after `since`. A number above ours comes from before a restore: everything is told again. */
export async function readRevocations(
  reader: Reader,
  since: number,
): Promise<{ seq: number; revoked: Revocation[] }> {
  const newest = await readNumber(reader, 'revocation');
  const rows = await reader.all<Revocation & { seq: number }>(
    `SELECT seq, kind, id, at FROM revocation WHERE seq > ? ORDER BY seq LIMIT ${MAX_ROWS}`,
    [since > newest ? 0 : since],
  );
  const last = rows.at(-1)?.seq ?? newest;
  return {
    seq: rows.length === MAX_ROWS ? last : Math.max(newest, last),
    revoked: rows.map(({ kind, id, at }) => ({ kind, id, at })),
  };
}

/** Tokens die by themselves long before: only parts stay shut out for ever, and they are listed as such. */
export async function removeOldRevocations(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM revocation WHERE at < ?', [before]);
}
