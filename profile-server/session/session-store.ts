import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface SessionRecord {
  id: string;
  user: string;
  client: string | null;
  address: string;
  remember: number;
  cookie: number;
  /** Goes into the refresh tokens of this session, with a key that is not in the database. */
  salt: string;
  /** Number of the refresh token that is good now. */
  generation: number;
  rotated_at: number;
  created_at: number;
  last_seen: number;
  expires_at: number;
  lab: number;
  /** Rest (ms) after which a lab session is over. */
  idle_after: number | null;
  room: string | null;
  pc: string | null;
  /** 1: the provider at which its user signed in asked for a second factor there. */
  outer_factor: number;
}

const COLUMNS =
  'id, user, client, address, remember, cookie, salt, generation, rotated_at, created_at, last_seen, expires_at, lab, idle_after, room, pc, outer_factor';

export async function addSession(tx: Writer, session: SessionRecord): Promise<void> {
  await tx.run(
    `INSERT INTO session (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      session.id,
      session.user,
      session.client,
      session.address,
      session.remember,
      session.cookie,
      session.salt,
      session.generation,
      session.rotated_at,
      session.created_at,
      session.last_seen,
      session.expires_at,
      session.lab,
      session.idle_after,
      session.room,
      session.pc,
      session.outer_factor,
    ],
  );
}

export async function findSession(reader: Reader, id: string): Promise<SessionRecord | undefined> {
  return await reader.get<SessionRecord>(`SELECT ${COLUMNS} FROM session WHERE id = ?`, [id]);
}

/** A session that may act now, with its user as far as a token needs it. */
export async function findLiveSession(
  reader: Reader,
  id: string,
  now: number,
): Promise<{ user: string; admin: number; last_seen: number } | undefined> {
  return await reader.get(
    `SELECT session.user AS user, user.admin AS admin, session.last_seen AS last_seen
      FROM session JOIN user ON user.id = session.user
      WHERE session.id = ? AND session.expires_at > ? AND user.disabled = 0`,
    [id, now],
  );
}

/** Notes that it acted, and from where. */
export async function touchSession(tx: Writer, id: string, now: number, address: string): Promise<void> {
  await tx.run('UPDATE session SET last_seen = ?, address = ? WHERE id = ?', [now, address.slice(0, 64), id]);
}

export async function listSessions(reader: Reader, user: string, now: number): Promise<SessionRecord[]> {
  return await reader.all<SessionRecord>(
    `SELECT ${COLUMNS} FROM session WHERE user = ? AND expires_at > ? ORDER BY last_seen DESC, id LIMIT 1000`,
    [user, now],
  );
}

/** All of them, expired ones too. */
export async function listSessionIds(reader: Reader, user: string): Promise<string[]> {
  const rows = await reader.all<{ id: string }>('SELECT id FROM session WHERE user = ?', [user]);
  return rows.map((row) => row.id);
}

/** False when another call rotated it first. */
export async function rotateSession(
  tx: Writer,
  session: SessionRecord,
  next: { now: number; expiresAt: number; address: string },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE session SET generation = ?, rotated_at = ?, last_seen = ?, expires_at = ?, address = ?
      WHERE id = ? AND generation = ?`,
    [
      session.generation + 1,
      next.now,
      next.now,
      next.expiresAt,
      next.address,
      session.id,
      session.generation,
    ],
  );
  return changes === 1;
}

/** False when it is not there (any more). */
export async function removeSession(tx: Writer, id: string): Promise<boolean> {
  return (await tx.run('DELETE FROM session WHERE id = ?', [id])).changes === 1;
}

export async function removeExpiredSessions(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM session WHERE expires_at <= ?', [now]);
}

export async function removeSessionsOf(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM session WHERE user = ?', [user]);
}
