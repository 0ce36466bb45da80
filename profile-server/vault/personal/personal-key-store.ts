import type { Millis } from '../../../common/time.ts';
import { addRow } from '../../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';
import { removePasskeyWrapsOf } from './passkey/wrap-store.ts';

/** A user's key for accounts that only he can open. */
export interface PersonalKeyRecord {
  user: string;
  id: string;
  /** Of the Argon2id that makes the wrapping key from the password; not the one of the password's own hash. */
  salt: string;
  /** The key, under the password. */
  wrapped: Buffer;
  made_at: number;
}

const COLUMNS = 'user, id, salt, wrapped, made_at';

export async function findPersonalKey(reader: Reader, user: string): Promise<PersonalKeyRecord | undefined> {
  return await reader.get<PersonalKeyRecord>(`SELECT ${COLUMNS} FROM personal_key WHERE user = ?`, [user]);
}

/** False when the user has one: then that one counts. */
export async function addPersonalKey(tx: Writer, key: PersonalKeyRecord): Promise<boolean> {
  return await addRow(tx, 'personal_key', COLUMNS, [key.user, key.id, key.salt, key.wrapped, key.made_at]);
}

/** The same key under another password. */
export async function rewrapPersonalKey(
  tx: Writer,
  key: Pick<PersonalKeyRecord, 'user' | 'id' | 'salt' | 'wrapped'>,
): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE personal_key SET salt = ?, wrapped = ? WHERE user = ? AND id = ?',
    [key.salt, key.wrapped, key.user, key.id],
  );
  return changes === 1;
}

/** With every way to it. */
export async function removePersonalKey(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM personal_key WHERE user = ?', [user]);
  await tx.run('DELETE FROM personal_key_session WHERE user = ?', [user]);
  await removePasskeyWrapsOf(tx, user);
  await tx.run('DELETE FROM opened_key WHERE user = ?', [user]);
}

/** The key under a secret that stands in one refresh token only; `tag` tells which, and nothing of it. */
export interface SessionWrap {
  session: string;
  tag: string;
  user: string;
  /** Of the refresh token. */
  generation: number;
  wrapped: Buffer;
}

export async function addSessionWrap(tx: Writer, wrap: SessionWrap): Promise<void> {
  await tx.run(
    'INSERT INTO personal_key_session (session, tag, user, generation, wrapped) VALUES (?, ?, ?, ?, ?)',
    [wrap.session, wrap.tag, wrap.user, wrap.generation, wrap.wrapped],
  );
}

export async function findSessionWrap(
  reader: Reader,
  session: string,
  tag: string,
): Promise<SessionWrap | undefined> {
  return await reader.get<SessionWrap>(
    'SELECT session, tag, user, generation, wrapped FROM personal_key_session WHERE session = ? AND tag = ?',
    [session, tag],
  );
}

/** Of tokens before that generation: nobody may come with them any more. */
export async function removeSessionWraps(tx: Writer, session: string, before: number): Promise<void> {
  await tx.run('DELETE FROM personal_key_session WHERE session = ? AND generation < ?', [session, before]);
}

/** The key as one process can open it, as long as the session's access tokens last. */
export interface OpenedKey {
  session: string;
  process: string;
  user: string;
  sealed: Buffer;
  expires_at: Millis;
}

export async function saveOpenedKey(tx: Writer, opened: OpenedKey): Promise<void> {
  const { session, process, user, sealed, expires_at } = opened;
  const columns = ['session', 'process', 'user', 'sealed', 'expires_at'];
  const set = { sealed: 'replace', expires_at: 'replace' } as const;
  const rows = [[session, process, user, sealed, expires_at]];
  await writeRows(tx, 'opened_key', columns, rows, { keys: ['session', 'process'], set });
}

/** What that process can open now, of a session (or of this one) that lives; `key_id` is that of the user's key. */
export async function findOpenedKey(
  reader: Reader,
  user: string,
  process: string,
  now: Millis,
  session: string | null = null,
): Promise<(OpenedKey & { key_id: string }) | undefined> {
  return await reader.get<OpenedKey & { key_id: string }>(
    `SELECT o.session AS session, o.process AS process, o.user AS user, o.sealed AS sealed,
        o.expires_at AS expires_at, k.id AS key_id
      FROM opened_key o JOIN session s ON s.id = o.session JOIN personal_key k ON k.user = o.user
      WHERE o.user = ? AND o.process = ? AND o.expires_at > ? AND s.expires_at > ? AND s.user = o.user ${session === null ? '' : 'AND o.session = ?'}
      ORDER BY o.expires_at DESC LIMIT 1`,
    [user, process, now, now, ...(session === null ? [] : [session])],
  );
}

/** Of these users, those whose key that process can open now. */
export async function listOpened(
  reader: Reader,
  users: readonly string[],
  process: string,
  now: Millis,
): Promise<string[]> {
  const rows = await reader.all<{ user: string }>(
    `SELECT DISTINCT o.user AS user FROM opened_key o JOIN session s ON s.id = o.session AND s.user = o.user
      WHERE o.user IN (${users.map(() => '?').join(', ')}) AND o.process = ? AND o.expires_at > ? AND s.expires_at > ?`,
    [...users, process, now, now],
  );
  return rows.map(({ user }) => user);
}

/** What that process can open and another one that lives cannot. */
export async function listUnshared(
  reader: Reader,
  process: string,
  when: { now: Millis; seenAfter: Millis },
): Promise<(OpenedKey & { key_id: string; to_id: string; public_key: string; proof: string })[]> {
  return await reader.all(
    `SELECT o.session AS session, o.process AS process, o.user AS user, o.sealed AS sealed,
        o.expires_at AS expires_at, k.id AS key_id, p.id AS to_id, p.public_key AS public_key, p.proof AS proof
      FROM opened_key o JOIN personal_key k ON k.user = o.user
        JOIN profile_process p ON p.id <> o.process AND p.seen_at > ?
        LEFT JOIN opened_key x ON x.session = o.session AND x.process = p.id
      WHERE o.process = ? AND o.expires_at > ? AND x.session IS NULL LIMIT 200`,
    [when.seenAfter, process, when.now],
  );
}

/** Whether any process that lives can open the user's key now. */
export async function isOpenSomewhere(
  reader: Reader,
  user: string,
  when: { now: Millis; seenAfter: Millis },
): Promise<boolean> {
  const row = await reader.get(
    `SELECT o.session AS session FROM opened_key o JOIN session s ON s.id = o.session
        JOIN profile_process p ON p.id = o.process AND p.seen_at > ?
      WHERE o.user = ? AND o.expires_at > ? AND s.expires_at > ? LIMIT 1`,
    [when.seenAfter, user, when.now, when.now],
  );
  return row !== undefined;
}

/** What has run out, and what belonged to sessions that are over. */
export async function removeOldWraps(tx: Writer, now: Millis): Promise<void> {
  await tx.run('DELETE FROM opened_key WHERE expires_at <= ?', [now]);
  await tx.run('DELETE FROM personal_key_session WHERE session NOT IN (SELECT id FROM session)');
}
