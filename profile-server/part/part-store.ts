import { MINUTE, type Millis } from '../../common/time.ts';
import type { PartKind } from '../../server-kit/auth/caller.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface PartRecord {
  id: string;
  kind: PartKind;
  public_jwk: string;
  url: string | null;
  /** JSON of a SubmissionAddress. */
  submission: string | null;
  state: 'active' | 'shut-out';
  created_at: number;
  last_seen: number | null;
  /** 0: users who register get another home, if there is one. */
  new_users: 0 | 1;
}

/** Who was heard of this long ago is alive: every part asks for news again within half of it. */
const ALIVE: Millis = MINUTE;

const COLUMNS = 'id, kind, public_jwk, url, submission, state, created_at, last_seen, new_users';

export async function addPart(tx: Writer, part: PartRecord): Promise<void> {
  await tx.run(`INSERT INTO part (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    part.id,
    part.kind,
    part.public_jwk,
    part.url,
    part.submission,
    part.state,
    part.created_at,
    part.last_seen,
    part.new_users,
  ]);
}

export async function findPart(reader: Reader, id: string): Promise<PartRecord | undefined> {
  return await reader.get<PartRecord>(`SELECT ${COLUMNS} FROM part WHERE id = ?`, [id]);
}

export async function listParts(reader: Reader): Promise<PartRecord[]> {
  return await reader.all<PartRecord>(`SELECT ${COLUMNS} FROM part ORDER BY created_at, id LIMIT 10000`);
}

/** Relays that clients may be told of, active and with an address: those that are alive first, of them the oldest. */
export async function listRelays(reader: Reader, now: Millis): Promise<PartRecord[]> {
  return await reader.all<PartRecord>(
    `SELECT ${COLUMNS} FROM part WHERE kind = 'smtp-relay' AND state = 'active' AND url IS NOT NULL
      ORDER BY CASE WHEN last_seen > ? THEN 0 ELSE 1 END, created_at, id LIMIT 100`,
    [now - ALIVE],
  );
}

/** Storage-servers that have been started, for a new user: open for new users first, alive, with the fewest. */
export async function listHomes(reader: Reader, now: Millis): Promise<{ id: string }[]> {
  return await reader.all<{ id: string }>(
    `SELECT part.id AS id FROM part LEFT JOIN user ON user.home = part.id
      WHERE part.kind = 'storage-server' AND part.state = 'active' AND part.url IS NOT NULL
      GROUP BY part.id, part.created_at, part.last_seen, part.new_users
      ORDER BY part.new_users DESC, CASE WHEN part.last_seen > ? THEN 0 ELSE 1 END, COUNT(user.id), part.created_at
      LIMIT 1000`,
    [now - ALIVE],
  );
}

/** How many users each storage-server is the home of. */
export async function countUsers(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.all<{ home: string; n: number }>(
    'SELECT home, COUNT(*) AS n FROM user WHERE home IS NOT NULL GROUP BY home',
  );
  return new Map(rows.map(({ home, n }) => [home, n]));
}

export async function setNewUsers(tx: Writer, id: string, newUsers: boolean): Promise<void> {
  await tx.run('UPDATE part SET new_users = ? WHERE id = ?', [newUsers ? 1 : 0, id]);
}

export async function setAddress(
  tx: Writer,
  id: string,
  address: { url: string; submission: string | null; now: number },
): Promise<void> {
  await tx.run('UPDATE part SET url = ?, submission = ?, last_seen = ? WHERE id = ?', [
    address.url,
    address.submission,
    address.now,
    id,
  ]);
}

export async function touchPart(tx: Writer, id: string, now: number): Promise<void> {
  await tx.run('UPDATE part SET last_seen = ? WHERE id = ?', [now, id]);
}

/** False when it was unknown or shut out before. */
export async function setShutOut(tx: Writer, id: string): Promise<boolean> {
  const { changes } = await tx.run("UPDATE part SET state = 'shut-out' WHERE id = ? AND state = 'active'", [
    id,
  ]);
  return changes === 1;
}

export async function addEnrolCode(
  tx: Writer,
  code: { hash: string; kind: PartKind; madeBy: string; expiresAt: number },
): Promise<void> {
  await tx.run('INSERT INTO enrol_code (code_hash, kind, made_by, expires_at) VALUES (?, ?, ?, ?)', [
    code.hash,
    code.kind,
    code.madeBy,
    code.expiresAt,
  ]);
}

/** Takes the code out; false when it is unknown, used, late or for another kind of part. */
export async function useEnrolCode(tx: Writer, hash: string, kind: PartKind, now: number): Promise<boolean> {
  const { changes } = await tx.run(
    'DELETE FROM enrol_code WHERE code_hash = ? AND kind = ? AND expires_at > ?',
    [hash, kind, now],
  );
  return changes === 1;
}

export async function removeOldEnrolCodes(tx: Writer, now: number): Promise<void> {
  await tx.run('DELETE FROM enrol_code WHERE expires_at <= ?', [now]);
}
