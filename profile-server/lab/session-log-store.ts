import type { LogInEnd } from '../../common/shapes/lab.ts';
import type { Param, Reader, Writer } from '../../server-kit/database/database.ts';
import type { Reach } from '../group/reach.ts';

export interface LogInRecord {
  session: string;
  user: string;
  room: string | null;
  pc: string | null;
  address: string;
  client: string | null;
  lab: number;
  from_at: number;
}

/** With its end, and whether the session is still open. */
export interface LogInRow extends LogInRecord {
  user_name: string | null;
  to_at: number | null;
  ended: LogInEnd | null;
  open: number;
}

export interface PcRow {
  room: string | null;
  pc: string;
  logins: number;
  open: number;
  last_at: number;
}

export async function addLogIn(tx: Writer, logIn: LogInRecord): Promise<void> {
  await tx.run(
    `INSERT INTO session_log (session, user, room, pc, address, client, lab, from_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [logIn.session, logIn.user, logIn.room, logIn.pc, logIn.address, logIn.client, logIn.lab, logIn.from_at],
  );
}

/** Does nothing for sessions that are not in the log, or ended before. */
export async function closeLogIn(tx: Writer, session: string, at: number, how: LogInEnd): Promise<void> {
  await tx.run('UPDATE session_log SET to_at = ?, ended = ? WHERE session = ? AND ended IS NULL', [
    at,
    how,
    session,
  ]);
}

/** Of sessions that ran out; before those are removed. */
export async function closeExpiredLogIns(tx: Writer, now: number): Promise<void> {
  await tx.run(
    `UPDATE session_log SET ended = 'expired',
      to_at = (SELECT expires_at FROM session WHERE session.id = session_log.session)
      WHERE ended IS NULL AND session IN (SELECT id FROM session WHERE expires_at <= ?)`,
    [now],
  );
}

export async function removeOldLogIns(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM session_log WHERE from_at < ?', [before]);
}

/** `after`: time and session of the last row that was seen. The newest first. */
export async function listLogIns(
  reader: Reader,
  query: {
    reach: Reach;
    room: string | null;
    pc: string | null;
    user: string | null;
    after: { at: number; session: string } | null;
    limit: number;
    now: number;
  },
): Promise<LogInRow[]> {
  const where = [limitToReach(query.reach)];
  const add = (sql: string, ...params: Param[]): void => void where.push({ sql, params });
  if (query.room !== null) add('log.room = ?', query.room);
  if (query.pc !== null) add('COALESCE(log.pc, log.address) = ?', query.pc);
  if (query.user !== null) add('log.user = ?', query.user);
  if (query.after !== null) {
    const { at, session } = query.after;
    add('(log.from_at < ? OR (log.from_at = ? AND log.session < ?))', at, at, session);
  }
  return await reader.all<LogInRow>(
    `SELECT log.session, log.user, log.room, log.pc, log.address, log.client, log.lab, log.from_at, log.to_at,
      log.ended, user.name AS user_name, CASE WHEN live.id IS NULL THEN 0 ELSE 1 END AS open
      FROM session_log log LEFT JOIN user ON user.id = log.user
      LEFT JOIN session live ON live.id = log.session AND live.expires_at > ?
      WHERE ${where.map(({ sql }) => sql).join(' AND ')}
      ORDER BY log.from_at DESC, log.session DESC LIMIT ?`,
    [query.now, ...where.flatMap(({ params }) => params), query.limit],
  );
}

/** How much each computer is used. */
export async function countByPc(reader: Reader, reach: Reach, now: number): Promise<PcRow[]> {
  const within = limitToReach(reach);
  return await reader.all<PcRow>(
    `SELECT log.room AS room, COALESCE(log.pc, log.address) AS pc, COUNT(*) AS logins,
      COUNT(live.id) AS open, MAX(log.from_at) AS last_at
      FROM session_log log LEFT JOIN user ON user.id = log.user
      LEFT JOIN session live ON live.id = log.session AND live.expires_at > ?
      WHERE ${within.sql} GROUP BY log.room, COALESCE(log.pc, log.address)
      ORDER BY log.room, COALESCE(log.pc, log.address) LIMIT 10000`,
    [now, ...within.params],
  );
}

function limitToReach(reach: Reach): { sql: string; params: Param[] } {
  if (reach.all) return { sql: '1 = 1', params: [] };
  return {
    sql: `user.group_id IN (${reach.groups.map(() => '?').join(', ')})`,
    params: reach.groups,
  };
}
