import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** A way back in for a user who cannot sign in. The code itself stands nowhere. */
export interface ResetRecord {
  id: string;
  user: string;
  code_hash: string;
  /** `mail`: to the second address; `hand`: the admin tells it; `self`: the user asked for it, by mail. */
  how: 'mail' | 'hand' | 'self';
  /** `waiting` for a second admin, `open`, and then `used` or `dead` (followed by another, or no more wanted). */
  state: 'waiting' | 'open' | 'used' | 'dead';
  also_factors: number;
  /** Id of the admin, or of the user who asked himself. */
  made_by: string;
  approved_by: string | null;
  made_at: number;
  expires_at: number;
}

const COLUMNS = 'id, user, code_hash, how, state, also_factors, made_by, approved_by, made_at, expires_at';

/** The new one; those before it count no more. */
export async function addReset(tx: Writer, reset: ResetRecord): Promise<void> {
  await endResetsOf(tx, reset.user);
  await tx.run(`INSERT INTO reset_code (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    reset.id,
    reset.user,
    reset.code_hash,
    reset.how,
    reset.state,
    reset.also_factors,
    reset.made_by,
    reset.approved_by,
    reset.made_at,
    reset.expires_at,
  ]);
}

export async function endResetsOf(tx: Writer, user: string): Promise<void> {
  await tx.run("UPDATE reset_code SET state = 'dead' WHERE user = ? AND state IN ('waiting', 'open')", [
    user,
  ]);
}

/** Codes that lie in a mailbox which is the user's no more, or may be somebody else's. */
export async function endMailedResetsOf(tx: Writer, user: string): Promise<void> {
  await tx.run(
    "UPDATE reset_code SET state = 'dead' WHERE user = ? AND how IN ('mail', 'self') AND state IN ('waiting', 'open')",
    [user],
  );
}

export async function findReset(reader: Reader, id: string): Promise<ResetRecord | undefined> {
  return await reader.get<ResetRecord>(`SELECT ${COLUMNS} FROM reset_code WHERE id = ?`, [id]);
}

/** The one that waits for an admin or for its user. */
export async function findPendingReset(
  reader: Reader,
  user: string,
  now: number,
): Promise<ResetRecord | undefined> {
  return await reader.get<ResetRecord>(
    `SELECT ${COLUMNS} FROM reset_code WHERE user = ? AND state IN ('waiting', 'open') AND expires_at > ?
      ORDER BY made_at DESC LIMIT 1`,
    [user, now],
  );
}

/** All that wait for a second admin, oldest first. */
export async function listWaitingResets(reader: Reader, now: number): Promise<ResetRecord[]> {
  return await reader.all<ResetRecord>(
    `SELECT ${COLUMNS} FROM reset_code WHERE state = 'waiting' AND expires_at > ? ORDER BY made_at LIMIT 1000`,
    [now],
  );
}

/** False when another was faster: of two approvals, or two uses at once, one counts. */
export async function moveReset(
  tx: Writer,
  id: string,
  from: ResetRecord['state'],
  to: Pick<ResetRecord, 'state'> & Partial<Pick<ResetRecord, 'approved_by' | 'expires_at'>>,
): Promise<boolean> {
  const before = await findReset(tx, id);
  if (before === undefined) return false;
  const { changes } = await tx.run(
    'UPDATE reset_code SET state = ?, approved_by = ?, expires_at = ? WHERE id = ? AND state = ?',
    [to.state, to.approved_by ?? before.approved_by, to.expires_at ?? before.expires_at, id, from],
  );
  return changes === 1;
}

/** When the user asked by himself since then, newest first. */
export async function listOwnRequests(reader: Reader, user: string, since: number): Promise<number[]> {
  const rows = await reader.all<{ made_at: number }>(
    "SELECT made_at FROM reset_code WHERE user = ? AND how = 'self' AND made_at > ? ORDER BY made_at DESC",
    [user, since],
  );
  return rows.map(({ made_at }) => made_at);
}

export async function removeOldResets(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM reset_code WHERE expires_at < ?', [before]);
}
