import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface Invite {
  hash: string;
  madeBy: string;
  expiresAt: number;
  home: string | null;
  /** The prepared user whom it lets in; null: anybody, once. */
  user: string | null;
}

export async function addInvite(tx: Writer, invite: Invite): Promise<void> {
  await tx.run('INSERT INTO invite (code_hash, made_by, expires_at, home, user) VALUES (?, ?, ?, ?, ?)', [
    invite.hash,
    invite.madeBy,
    invite.expiresAt,
    invite.home,
    invite.user,
  ]);
}

/** Null when it is unknown, used or late. */
export async function findInvite(
  reader: Reader,
  hash: string,
  now: number,
): Promise<{ home: string | null; user: string | null } | null> {
  const found = await reader.get<{ home: string | null; user: string | null }>(
    'SELECT home, user FROM invite WHERE code_hash = ? AND expires_at > ?',
    [hash, now],
  );
  return found ?? null;
}

/** Takes it out: of two at once only one finds it. Null as `findInvite`. */
export async function useInvite(
  tx: Writer,
  hash: string,
  now: number,
): Promise<{ home: string | null; user: string | null } | null> {
  const found = await findInvite(tx, hash, now);
  const { changes } = await tx.run('DELETE FROM invite WHERE code_hash = ? AND expires_at > ?', [hash, now]);
  return changes === 1 ? (found ?? { home: null, user: null }) : null;
}

export async function removeInvitesOf(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM invite WHERE user = ?', [user]);
}

export async function removeOldInvites(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM invite WHERE expires_at <= ?', [now]);
}
