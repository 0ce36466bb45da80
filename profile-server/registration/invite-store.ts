import type { Writer } from '../../server-kit/database/database.ts';

export async function addInvite(
  tx: Writer,
  invite: { hash: string; madeBy: string; expiresAt: number; home: string | null },
): Promise<void> {
  await tx.run('INSERT INTO invite (code_hash, made_by, expires_at, home) VALUES (?, ?, ?, ?)', [
    invite.hash,
    invite.madeBy,
    invite.expiresAt,
    invite.home,
  ]);
}

/** Takes it out, and says which home it names; null when it is unknown, used or late. */
export async function useInvite(
  tx: Writer,
  hash: string,
  now: number,
): Promise<{ home: string | null } | null> {
  const found = await tx.get<{ home: string | null }>('SELECT home FROM invite WHERE code_hash = ?', [hash]);
  const { changes } = await tx.run('DELETE FROM invite WHERE code_hash = ? AND expires_at > ?', [hash, now]);
  return changes === 1 ? { home: found?.home ?? null } : null;
}

export async function removeOldInvites(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM invite WHERE expires_at <= ?', [now]);
}
