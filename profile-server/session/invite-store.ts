import type { Writer } from '../../server-kit/database/database.ts';

export async function addInvite(
  tx: Writer,
  invite: { hash: string; madeBy: string; expiresAt: number },
): Promise<void> {
  await tx.run('INSERT INTO invite (code_hash, made_by, expires_at) VALUES (?, ?, ?)', [
    invite.hash,
    invite.madeBy,
    invite.expiresAt,
  ]);
}

/** Takes it out; false when it is unknown, used or late. */
export async function useInvite(tx: Writer, hash: string, now: number): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM invite WHERE code_hash = ? AND expires_at > ?', [hash, now]);
  return changes === 1;
}

export async function removeOldInvites(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM invite WHERE expires_at <= ?', [now]);
}
