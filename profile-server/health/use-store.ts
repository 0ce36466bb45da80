import type { Reader } from '../../server-kit/database/database.ts';

export interface UseRecord {
  user: string;
  name: string;
  group_name: string | null;
  mails: number;
  bytes: number;
  at: number;
}

/** As MariaDB's driver gives large numbers. */
type UseRow = Omit<UseRecord, 'mails' | 'bytes'> & { mails: number | string; bytes: number | string };

/** What users keep as their homes last said, the most first; `groups` null is everybody. */
export async function listUse(
  reader: Reader,
  groups: readonly string[] | null,
  page: { after: { bytes: number; user: string } | null; limit: number },
): Promise<UseRecord[]> {
  const within = groups === null ? '' : `AND user.group_id IN (${groups.map(() => '?').join(', ')})`;
  const { after } = page;
  const behind =
    after === null ? '' : 'AND (use_of_user.bytes < ? OR (use_of_user.bytes = ? AND use_of_user.user > ?))';
  const rows = await reader.all<UseRow>(
    `SELECT user.id AS user, user.name AS name, user_group.name AS group_name, use_of_user.mails AS mails,
      use_of_user.bytes AS bytes, use_of_user.at AS at
      FROM use_of_user JOIN user ON user.id = use_of_user.user LEFT JOIN user_group ON user_group.id = user.group_id
      WHERE 1 = 1 ${within} ${behind} ORDER BY use_of_user.bytes DESC, use_of_user.user LIMIT ?`,
    [...(groups ?? []), ...(after === null ? [] : [after.bytes, after.bytes, after.user]), page.limit],
  );
  return rows.map((row) => ({ ...row, mails: Number(row.mails), bytes: Number(row.bytes) }));
}
