import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface GroupRecord {
  id: string;
  name: string;
  /** By which the name is unique. */
  name_key: string;
  created_at: number;
}

const COLUMNS = 'id, name, name_key, created_at';

export async function findGroup(reader: Reader, id: string): Promise<GroupRecord | undefined> {
  return await reader.get<GroupRecord>(`SELECT ${COLUMNS} FROM user_group WHERE id = ?`, [id]);
}

export async function findGroupByName(reader: Reader, key: string): Promise<GroupRecord | undefined> {
  return await reader.get<GroupRecord>(`SELECT ${COLUMNS} FROM user_group WHERE name_key = ?`, [key]);
}

export async function listGroups(reader: Reader): Promise<GroupRecord[]> {
  return await reader.all<GroupRecord>(`SELECT ${COLUMNS} FROM user_group ORDER BY name_key`);
}

/** False when the name is taken. */
export async function addGroup(tx: Writer, group: GroupRecord): Promise<boolean> {
  return await addRow(tx, 'user_group', COLUMNS, [group.id, group.name, group.name_key, group.created_at]);
}

export async function renameGroup(
  tx: Writer,
  id: string,
  name: { name: string; key: string },
): Promise<void> {
  await tx.run('UPDATE user_group SET name = ?, name_key = ? WHERE id = ?', [name.name, name.key, id]);
}

/** Its users stay, in no group. False when there is none. */
export async function removeGroup(tx: Writer, id: string): Promise<boolean> {
  await tx.run('DELETE FROM group_admin WHERE group_id = ?', [id]);
  await tx.run('UPDATE user SET group_id = NULL WHERE group_id = ?', [id]);
  return (await tx.run('DELETE FROM user_group WHERE id = ?', [id])).changes === 1;
}

export async function countUsersOfGroups(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.all<{ group_id: string; count: number }>(
    'SELECT group_id, COUNT(*) AS count FROM user WHERE group_id IS NOT NULL GROUP BY group_id',
  );
  return new Map(rows.map((row) => [row.group_id, row.count]));
}

/** Ids of the groups that this user administers, in order. */
export async function listGroupsOfAdmin(reader: Reader, user: string): Promise<string[]> {
  const rows = await reader.all<{ group_id: string }>(
    'SELECT group_id FROM group_admin WHERE user = ? ORDER BY group_id',
    [user],
  );
  return rows.map((row) => row.group_id);
}

export async function listGroupAdmins(
  reader: Reader,
): Promise<{ group_id: string; user: string; name: string }[]> {
  return await reader.all(
    `SELECT group_admin.group_id AS group_id, user.id AS user, user.name AS name
      FROM group_admin JOIN user ON user.id = group_admin.user ORDER BY user.name_key`,
  );
}

export async function putGroupAdmins(tx: Writer, group: string, users: readonly string[]): Promise<void> {
  await tx.run('DELETE FROM group_admin WHERE group_id = ?', [group]);
  for (const user of users) {
    await tx.run('INSERT INTO group_admin (group_id, user) VALUES (?, ?)', [group, user]);
  }
}

export async function listAdminsOf(reader: Reader, group: string): Promise<string[]> {
  const rows = await reader.all<{ user: string }>(
    'SELECT user FROM group_admin WHERE group_id = ? ORDER BY user',
    [group],
  );
  return rows.map(({ user }) => user);
}

/** Everybody who looks after some group. */
export async function listAllGroupAdmins(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ user: string }>('SELECT DISTINCT user FROM group_admin');
  return rows.map(({ user }) => user);
}
