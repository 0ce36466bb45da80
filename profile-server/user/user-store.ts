import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { makeFindKey } from './find-key.ts';

/** Who says that the user may come in: we by password, or the organisation's own service. */
const USER_SOURCES = ['local', 'oidc', 'ldap'] as const;
export type UserSource = (typeof USER_SOURCES)[number];

export interface UserRecord {
  id: string;
  name: string;
  name_key: string;
  /** PHC string; empty where none is set, which no password matches. */
  password: string;
  admin: number;
  disabled: number;
  /** Part id of the storage-server that keeps this user's mail. */
  home: string | null;
  revision: number;
  data_key: Buffer;
  created_at: number;
  group_id: string | null;
  display_name: string | null;
  /** For codes that let the user in again; only a proven one is used. */
  second_address: string | null;
  second_address_proven: number;
  /** The password is changed before the next session begins. */
  must_change: number;
  password_at: number | null;
  source: UserSource;
  /** As the source names the user, never changed by it: `sub` of OpenID Connect, `entryUUID` of LDAP. */
  external_id: string | null;
  last_sign_in: number | null;
  /** Prepared, and waiting that the invitation is taken. */
  invited: number;
  /** Since when an admin has removed the user; he can be restored until `purge_at`. */
  removed_at: number | null;
  purge_at: number | null;
  /** Of a removed user: he was shut out before that, and is so again when he is restored. */
  was_disabled: number;
  /** By which admins find the user. */
  find_key: string;
}

/** What a user has from the first moment; the rest may be given too. */
type FirstFields =
  | 'id'
  | 'name'
  | 'name_key'
  | 'password'
  | 'admin'
  | 'disabled'
  | 'home'
  | 'revision'
  | 'data_key'
  | 'created_at';
export type NewUser = Pick<UserRecord, FirstFields> & Partial<UserRecord>;

const LATER_FIELDS: Omit<UserRecord, FirstFields | 'find_key'> = {
  group_id: null,
  display_name: null,
  second_address: null,
  second_address_proven: 0,
  must_change: 0,
  password_at: null,
  source: 'local',
  external_id: null,
  last_sign_in: null,
  invited: 0,
  removed_at: null,
  purge_at: null,
  was_disabled: 0,
};

const FIELDS = [
  'id',
  'name',
  'name_key',
  'password',
  'admin',
  'disabled',
  'home',
  'revision',
  'data_key',
  'created_at',
  ...(Object.keys(LATER_FIELDS) as (keyof typeof LATER_FIELDS)[]),
  'find_key',
] as const satisfies (keyof UserRecord)[];
const COLUMNS = FIELDS.join(', ');

export async function findUser(reader: Reader, id: string): Promise<UserRecord | undefined> {
  return await reader.get<UserRecord>(`SELECT ${COLUMNS} FROM user WHERE id = ?`, [id]);
}

export async function findUserByName(reader: Reader, key: string): Promise<UserRecord | undefined> {
  return await reader.get<UserRecord>(`SELECT ${COLUMNS} FROM user WHERE name_key = ?`, [key]);
}

const NAMES_AT_ONCE = 400;

/** Of these name keys those that somebody has. */
export async function findUsersByNames(reader: Reader, keys: readonly string[]): Promise<UserRecord[]> {
  const found: UserRecord[] = [];
  for (let from = 0; from < keys.length; from += NAMES_AT_ONCE) {
    const some = keys.slice(from, from + NAMES_AT_ONCE);
    const places = some.map(() => '?').join(', ');
    found.push(
      ...(await reader.all<UserRecord>(`SELECT ${COLUMNS} FROM user WHERE name_key IN (${places})`, some)),
    );
  }
  return found;
}

export function completeUser(user: NewUser): UserRecord {
  const find_key = makeFindKey(user.name, user.display_name ?? null);
  return { ...LATER_FIELDS, find_key, ...user };
}

/** False when the name is taken: the unique key decides, also between two registrations at once. */
export async function addUser(tx: Writer, user: NewUser): Promise<boolean> {
  const whole = completeUser(user);
  return await addRow(tx, 'user', `${COLUMNS}, changed_seq`, [...FIELDS.map((field) => whole[field]), 0]);
}

/** Whoever else locks this user waits until the transaction ends. */
export async function lockUser(tx: Writer, id: string): Promise<void> {
  await tx.run('UPDATE user SET disabled = disabled WHERE id = ?', [id]);
}

/**
 * The same for a session that begins. False where the user was shut out, or has another password than the one that was
 * proven: a hash takes a while, and a reset or a change in that time ends sessions, of which this one would not be one yet.
 */
export async function lockProven(tx: Writer, user: Pick<UserRecord, 'id' | 'password'>): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE user SET disabled = disabled WHERE id = ? AND disabled = 0 AND password = ?',
    [user.id, user.password],
  );
  return changes === 1;
}

export async function setDisabled(tx: Writer, id: string, disabled: boolean): Promise<boolean> {
  const { changes } = await tx.run('UPDATE user SET disabled = ? WHERE id = ?', [disabled ? 1 : 0, id]);
  return changes === 1;
}

/** Some fields of one user; false when there is none. */
export async function setUserFields(
  tx: Writer,
  id: string,
  fields: Partial<Omit<UserRecord, 'id' | 'name' | 'name_key' | 'data_key'>>,
): Promise<boolean> {
  const names = Object.keys(fields) as (keyof typeof fields)[];
  const places = names.map((name) => `${name} = ?`).join(', ');
  const values = names.map((name) => fields[name] ?? null);
  return (await tx.run(`UPDATE user SET ${places} WHERE id = ?`, [...values, id])).changes === 1;
}

export async function hasAdmin(reader: Reader): Promise<boolean> {
  return (await reader.get('SELECT id FROM user WHERE admin = 1 LIMIT 1')) !== undefined;
}

export async function countAdmins(reader: Reader): Promise<number> {
  const row = await reader.get<{ count: number }>(
    'SELECT COUNT(*) AS count FROM user WHERE admin = 1 AND disabled = 0',
  );
  return row?.count ?? 0;
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
