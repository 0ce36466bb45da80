import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';

/** Polls of an hour (its number since 1970) at one host, of the users of one group; '' for those in none. */
export interface HourRecord {
  hour: number;
  host: string;
  user_group: string;
  polls: number;
  failed: number;
}

export async function addHours(tx: Writer, hours: readonly HourRecord[]): Promise<void> {
  const columns = ['hour', 'host', 'user_group', 'polls', 'failed'];
  const rows = hours.map((one) => [one.hour, one.host, one.user_group, one.polls, one.failed]);
  const clash = { keys: ['hour', 'host', 'user_group'], set: { polls: 'add', failed: 'add' } } as const;
  await writeRows(tx, 'poll_hour', columns, rows, clash);
}

/** Summed over the groups; `groups` null is of everybody. */
export async function listHours(
  reader: Reader,
  from: number,
  groups: readonly string[] | null,
): Promise<Pick<HourRecord, 'hour' | 'host' | 'polls' | 'failed'>[]> {
  const within = groups === null ? '' : `AND user_group IN (${groups.map(() => '?').join(', ')})`;
  const rows = await reader.all<{
    hour: number;
    host: string;
    polls: number | string;
    failed: number | string;
  }>(
    `SELECT hour, host, SUM(polls) AS polls, SUM(failed) AS failed FROM poll_hour
      WHERE hour >= ? ${within} GROUP BY hour, host`,
    [from, ...(groups ?? [])],
  );
  return rows.map((row) => ({ ...row, polls: Number(row.polls), failed: Number(row.failed) }));
}

/** Which group each of these users is in; '' for none. */
export async function findGroupsOf(reader: Reader, users: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < users.length; at += 400) {
    const some = users.slice(at, at + 400);
    const rows = await reader.all<{ id: string; group_id: string | null }>(
      `SELECT id, group_id FROM user WHERE id IN (${some.map(() => '?').join(', ')})`,
      [...some],
    );
    for (const row of rows) found.set(row.id, row.group_id ?? '');
  }
  return found;
}

export async function removeOldHours(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM poll_hour WHERE hour < ?', [before]);
}
