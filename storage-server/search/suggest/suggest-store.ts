import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { Millis } from '../../../common/time.ts';

/** What is kept of a user's searches. */
const MOST_RECENT = 20;
export const LONGEST_RECENT = 200;

/** Labels that mails bear, as they were first written, those of most mails first. */
export async function readLabelNames(read: Reader, user: string): Promise<{ name: string; mails: number }[]> {
  const rows = await read.all<{ name: string; mails: number | string }>(
    `SELECT MIN(shown) AS name, SUM(total) AS mails FROM list_counter WHERE user_id = ? AND kind = 'label'
     GROUP BY name HAVING SUM(total) > 0 ORDER BY mails DESC LIMIT 500`,
    [user],
  );
  return rows.map((row) => ({ name: row.name, mails: Number(row.mails) }));
}

export async function readRecent(read: Reader, user: string): Promise<string[]> {
  const rows = await read.all<{ query: string }>(
    'SELECT query FROM search_recent WHERE user_id = ? ORDER BY used_at DESC LIMIT 20',
    [user],
  );
  return rows.map((row) => row.query);
}

/** The oldest beyond the number that is kept are forgotten. No two are of the same moment, or they had no order. */
export async function saveRecent(tx: Writer, user: string, query: string, at: Millis): Promise<void> {
  const last = await tx.get<{ at: number | null }>(
    'SELECT MAX(used_at) AS at FROM search_recent WHERE user_id = ?',
    [user],
  );
  const now = Math.max(at, (last?.at ?? 0) + 1);
  const update =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (user_id, query) DO UPDATE SET used_at = excluded.used_at'
      : 'ON DUPLICATE KEY UPDATE used_at = VALUES(used_at)';
  await tx.run(`INSERT INTO search_recent (user_id, query, used_at) VALUES (?, ?, ?) ${update}`, [
    user,
    query,
    now,
  ]);
  const oldest = await tx.get<{ at: number }>(
    `SELECT used_at AS at FROM search_recent WHERE user_id = ? ORDER BY used_at DESC LIMIT 1 OFFSET ${MOST_RECENT}`,
    [user],
  );
  if (oldest === undefined) return;
  await tx.run('DELETE FROM search_recent WHERE user_id = ? AND used_at <= ?', [user, oldest.at]);
}
