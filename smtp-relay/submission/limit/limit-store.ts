import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { HourCounts, UserLimits } from './limit-rule.ts';

/** By all relays together. */
export async function readCounts(reader: Reader, user: string, hour: number): Promise<HourCounts> {
  const rows = await reader.all<{ hour: number; recipients: number }>(
    'SELECT hour, recipients FROM send_count WHERE user = ? AND hour >= ?',
    [user, hour - 1],
  );
  const of = (wanted: number): number => rows.find((row) => row.hour === wanted)?.recipients ?? 0;
  return { before: of(hour - 1), current: of(hour) };
}

export async function addCount(tx: Writer, user: string, hour: number, recipients: number): Promise<void> {
  const onTaken =
    tx.engine === 'mysql'
      ? 'ON DUPLICATE KEY UPDATE recipients = recipients + VALUES(recipients)'
      : 'ON CONFLICT (user, hour) DO UPDATE SET recipients = recipients + excluded.recipients';
  await tx.run(`INSERT INTO send_count (user, hour, recipients) VALUES (?, ?, ?) ${onTaken}`, [
    user,
    hour,
    recipients,
  ]);
}

export async function dropCounts(tx: Writer, beforeHour: number): Promise<void> {
  await tx.run('DELETE FROM send_count WHERE hour < ?', [beforeHour]);
}

/** What an administrator set for this user; null where nothing was. */
export async function readUserLimits(reader: Reader, user: string): Promise<UserLimits | null> {
  const row = await reader.get<{ per_hour: number | null; recipients: number | null; size: number | null }>(
    'SELECT per_hour, recipients, size FROM send_limit WHERE user = ?',
    [user],
  );
  return row === undefined ? null : { perHour: row.per_hour, recipients: row.recipients, size: row.size };
}

export async function listUserLimits(reader: Reader): Promise<(UserLimits & { user: string })[]> {
  return await reader.all<UserLimits & { user: string }>(
    'SELECT user, per_hour AS perHour, recipients, size FROM send_limit ORDER BY user',
  );
}

/** All null takes the entry away. */
export async function writeUserLimits(tx: Writer, user: string, limits: UserLimits): Promise<void> {
  await tx.run('DELETE FROM send_limit WHERE user = ?', [user]);
  const { perHour, recipients, size } = limits;
  if (perHour === null && recipients === null && size === null) return;
  await tx.run('INSERT INTO send_limit (user, per_hour, recipients, size) VALUES (?, ?, ?, ?)', [
    user,
    perHour,
    recipients,
    size,
  ]);
}
