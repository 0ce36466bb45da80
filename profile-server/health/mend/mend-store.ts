import type { Reader } from '../../../server-kit/database/database.ts';

/** Accounts on a host, of users within reach (`groups` null: all); disabled users' too, whose mail is to come again one day. */
export async function listOnHost(
  reader: Reader,
  host: string,
  groups: readonly string[] | null,
): Promise<{ account: string; user: string; user_name: string }[]> {
  const within = groups === null ? '' : `AND user.group_id IN (${groups.map(() => '?').join(', ')})`;
  return await reader.all(
    `SELECT poll.account AS account, poll.user AS user, user.name AS user_name
      FROM poll JOIN user ON user.id = poll.user WHERE poll.host = ? ${within}
      ORDER BY user.name_key, poll.account`,
    [host, ...(groups ?? [])],
  );
}
