import type { Param, Reader } from '../../server-kit/database/database.ts';
import type { UserRecord } from './user-store.ts';
import type { UserState } from './user-shapes.ts';

export interface UserQuestion {
  /** Folded as `find_key`; every word has to stand in it. */
  words: readonly string[];
  /** Ids of the groups that count; null: any, or none. */
  groups: readonly string[] | null;
  ofNoGroup: boolean;
  state: UserState | null;
}

const COLUMNS =
  'id, name, name_key, display_name, group_id, admin, disabled, invited, removed_at, purge_at, source, created_at, last_sign_in';
export type ListedUser = Pick<
  UserRecord,
  | 'id'
  | 'name'
  | 'name_key'
  | 'display_name'
  | 'group_id'
  | 'admin'
  | 'disabled'
  | 'invited'
  | 'removed_at'
  | 'purge_at'
  | 'source'
  | 'created_at'
  | 'last_sign_in'
>;

const STATES: Record<UserState, string> = {
  active: 'removed_at IS NULL AND disabled = 0 AND invited = 0',
  invited: 'removed_at IS NULL AND disabled = 0 AND invited = 1',
  disabled: 'removed_at IS NULL AND disabled = 1',
  removed: 'removed_at IS NOT NULL',
};

/** In the order of names, after the name key `after`: a page costs what it shows, wherever it lies. */
export async function listUsersAfter(
  reader: Reader,
  question: UserQuestion,
  { after, limit }: { after: string | null; limit: number },
): Promise<ListedUser[]> {
  const { where, params } = compile(question);
  const later = after === null ? '' : ' AND name_key > ?';
  return await reader.all<ListedUser>(
    `SELECT ${COLUMNS} FROM user WHERE ${where}${later} ORDER BY name_key LIMIT ${limit}`,
    [...params, ...(after === null ? [] : [after])],
  );
}

export async function countUsers(reader: Reader, question: UserQuestion): Promise<number> {
  const { where, params } = compile(question);
  const row = await reader.get<{ count: number }>(
    `SELECT COUNT(*) AS count FROM user WHERE ${where}`,
    params,
  );
  return row?.count ?? 0;
}

function compile(question: UserQuestion): { where: string; params: Param[] } {
  // Who was removed is shown only to who asks for that.
  const parts = [question.state === null ? 'removed_at IS NULL' : STATES[question.state]];
  const params: Param[] = [];
  if (question.ofNoGroup) parts.push('group_id IS NULL');
  if (question.groups !== null) {
    parts.push(
      question.groups.length === 0 ? '1 = 0' : `group_id IN (${question.groups.map(() => '?').join(', ')})`,
    );
    params.push(...question.groups);
  }
  for (const word of question.words) {
    parts.push("find_key LIKE ? ESCAPE '!'");
    params.push(`%${word.replace(/[!%_]/g, '!$&')}%`);
  }
  return { where: parts.join(' AND '), params };
}

/** How many accounts each of these users has, and how many of them nothing comes from. */
export async function countAccounts(
  reader: Reader,
  users: readonly string[],
): Promise<Map<string, { accounts: number; failing: number }>> {
  if (users.length === 0) return new Map();
  const rows = await reader.all<{ user: string; accounts: number; failing: number }>(
    `SELECT user, COUNT(*) AS accounts,
        COUNT(CASE WHEN failing_since IS NOT NULL OR needs_sign_in = 1 THEN 1 END) AS failing
      FROM poll WHERE user IN (${users.map(() => '?').join(', ')}) GROUP BY user`,
    users,
  );
  return new Map(rows.map((row) => [row.user, { accounts: row.accounts, failing: row.failing }]));
}

/** Which of these users look after a group. */
export async function pickGroupAdmins(reader: Reader, users: readonly string[]): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await reader.all<{ user: string }>(
    `SELECT DISTINCT user FROM group_admin WHERE user IN (${users.map(() => '?').join(', ')})`,
    users,
  );
  return new Set(rows.map((row) => row.user));
}

export async function countSessions(reader: Reader, user: string, now: number): Promise<number> {
  const row = await reader.get<{ count: number }>(
    'SELECT COUNT(*) AS count FROM session WHERE user = ? AND expires_at > ?',
    [user, now],
  );
  return row?.count ?? 0;
}

export async function countFactors(
  reader: Reader,
  user: string,
): Promise<{ totp: boolean; passkeys: number }> {
  const totp = await reader.get('SELECT user FROM totp WHERE user = ?', [user]);
  const row = await reader.get<{ count: number }>('SELECT COUNT(*) AS count FROM passkey WHERE user = ?', [
    user,
  ]);
  return { totp: totp !== undefined, passkeys: row?.count ?? 0 };
}
