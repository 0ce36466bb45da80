import type { Millis } from '../../common/time.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import { chooseEnd, REMEMBERED } from './choose-end.ts';

/** As it stands in the table; `address` in the form that normaliseAddress gives. */
export interface SuppressionRow {
  address: string;
  reason: string;
  server_line: string | null;
  code: number | null;
  enhanced: string | null;
  failed_at: Millis;
  ends_at: Millis;
  times: number;
}

/** A recipient that failed for good. */
export interface PermanentFailure {
  address: string;
  reason: string;
  serverLine: string | null;
  code: number | null;
  enhanced: string | null;
}

/** So many are remembered of one user: who mails to lists of dead addresses must not fill the memory. */
export const MOST_OF_A_USER = 5000;

const COLUMNS = 'address, reason, server_line, code, enhanced, failed_at, ends_at, times';

/** All that is remembered of a user, what has ended too, latest first. */
export async function readSuppressions(database: Database, user: string): Promise<SuppressionRow[]> {
  return await database.read.all<SuppressionRow>(
    `SELECT ${COLUMNS} FROM suppression WHERE user = ? ORDER BY failed_at DESC, address LIMIT ${MOST_OF_A_USER}`,
    [user],
  );
}

/** Remembers failures; forgets what ended long ago and what is too many. */
export async function writeFailures(
  database: Database,
  user: string,
  failures: readonly PermanentFailure[],
  now: Millis,
): Promise<void> {
  await database.write(async (tx) => {
    for (const failure of failures) await writeFailure(tx, user, failure, now);
    await tx.run('DELETE FROM suppression WHERE user = ? AND ends_at < ?', [user, now - REMEMBERED]);
    const tooMany = await tx.get<{ failed_at: Millis }>(
      `SELECT failed_at FROM suppression WHERE user = ? ORDER BY failed_at DESC LIMIT 1 OFFSET ${MOST_OF_A_USER}`,
      [user],
    );
    if (tooMany !== undefined) {
      await tx.run('DELETE FROM suppression WHERE user = ? AND failed_at <= ?', [user, tooMany.failed_at]);
    }
  });
}

async function writeFailure(tx: Writer, user: string, failure: PermanentFailure, now: Millis): Promise<void> {
  const { address, reason, serverLine, code, enhanced } = failure;
  const earlier = await tx.get<{ failed_at: Millis; times: number }>(
    'SELECT failed_at, times FROM suppression WHERE user = ? AND address = ?',
    [user, address],
  );
  const { times, failedAt, endsAt } = chooseEnd(
    earlier === undefined ? null : { failedAt: earlier.failed_at, times: earlier.times },
    now,
  );
  const update =
    tx.engine === 'mysql'
      ? 'ON DUPLICATE KEY UPDATE reason = VALUES(reason), server_line = VALUES(server_line), code = VALUES(code), enhanced = VALUES(enhanced), failed_at = VALUES(failed_at), ends_at = VALUES(ends_at), times = VALUES(times)'
      : 'ON CONFLICT (user, address) DO UPDATE SET reason = excluded.reason, server_line = excluded.server_line, code = excluded.code, enhanced = excluded.enhanced, failed_at = excluded.failed_at, ends_at = excluded.ends_at, times = excluded.times';
  await tx.run(`INSERT INTO suppression (user, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ${update}`, [
    user,
    address,
    reason,
    serverLine,
    code,
    enhanced,
    failedAt,
    endsAt,
    times,
  ]);
}

/** Forgets these addresses of the user; returns how many were there. */
export async function deleteSuppressions(
  database: Database,
  user: string,
  addresses: readonly string[],
): Promise<number> {
  if (addresses.length === 0) return 0;
  return await database.write(async (tx) => {
    const places = addresses.map(() => '?').join(', ');
    const { changes } = await tx.run(`DELETE FROM suppression WHERE user = ? AND address IN (${places})`, [
      user,
      ...addresses,
    ]);
    return changes;
  });
}
