import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface UserRecord {
  id: string;
  name: string;
  name_key: string;
  /** PHC string. */
  password: string;
  admin: number;
  disabled: number;
  /** Part id of the storage-server that keeps this user's mail. */
  home: string | null;
  revision: number;
  data_key: Buffer;
  created_at: number;
}

const COLUMNS = 'id, name, name_key, password, admin, disabled, home, revision, data_key, created_at';

export async function findUser(reader: Reader, id: string): Promise<UserRecord | undefined> {
  return await reader.get<UserRecord>(`SELECT ${COLUMNS} FROM user WHERE id = ?`, [id]);
}

export async function findUserByName(reader: Reader, key: string): Promise<UserRecord | undefined> {
  return await reader.get<UserRecord>(`SELECT ${COLUMNS} FROM user WHERE name_key = ?`, [key]);
}

/** False when the name is taken: the unique key decides, also between two registrations at once. */
export async function addUser(tx: Writer, user: UserRecord): Promise<boolean> {
  const into = tx.engine === 'sqlite' ? 'INSERT OR IGNORE INTO' : 'INSERT IGNORE INTO';
  const { changes } = await tx.run(
    `${into} user (${COLUMNS}, changed_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
    [
      user.id,
      user.name,
      user.name_key,
      user.password,
      user.admin,
      user.disabled,
      user.home,
      user.revision,
      user.data_key,
      user.created_at,
    ],
  );
  return changes === 1;
}

/** Whoever else locks this user waits until the transaction ends. */
export async function lockUser(tx: Writer, id: string): Promise<void> {
  await tx.run('UPDATE user SET disabled = disabled WHERE id = ?', [id]);
}

export async function setDisabled(tx: Writer, id: string, disabled: boolean): Promise<boolean> {
  const { changes } = await tx.run('UPDATE user SET disabled = ? WHERE id = ?', [disabled ? 1 : 0, id]);
  return changes === 1;
}

export async function hasAdmin(reader: Reader): Promise<boolean> {
  return (await reader.get('SELECT id FROM user WHERE admin = 1 LIMIT 1')) !== undefined;
}

/** Users that were registered before any storage-server was there. */
export async function listHomeless(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ id: string }>('SELECT id FROM user WHERE home IS NULL ORDER BY id');
  return rows.map((row) => row.id);
}

export async function setHome(tx: Writer, user: string, home: string): Promise<void> {
  await tx.run('UPDATE user SET home = ? WHERE id = ?', [home, user]);
  await tx.run('UPDATE poll SET home = ? WHERE user = ?', [home, user]);
}
