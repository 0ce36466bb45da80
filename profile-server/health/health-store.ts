import type { Account } from '../../common/shapes/account.ts';
import { MINUTE, SECOND, type Millis } from '../../common/time.ts';
import type { Engine, Param, Reader } from '../../server-kit/database/database.ts';
import type { PollRecord } from '../schedule/poll-store.ts';

export type HealthPoll = Pick<
  PollRecord,
  | 'account'
  | 'user'
  | 'host'
  | 'wait_seconds'
  | 'paused'
  | 'next_at'
  | 'last_success'
  | 'failing_since'
  | 'fails'
  | 'needs_sign_in'
  | 'error'
>;

export interface HealthRecord extends HealthPoll {
  user_name: string;
  name_key: string;
  group_id: string | null;
  group_name: string | null;
  /** JSON of the account's item. */
  value: string;
}

/** What narrows; `groups` null is everybody, `hosts` null every host. */
export interface HealthSelection {
  groups: readonly string[] | null;
  hosts: readonly string[] | null;
  states: readonly Account['state'][] | null;
  code: string | null;
  /** Folded. */
  query: string | null;
}

/** decideAccountState in SQL, with `now` as its one value. */
const STATE = `CASE WHEN poll.paused <> 0 THEN 'paused' WHEN poll.needs_sign_in = 1 THEN 'needs-sign-in'
  WHEN poll.fails > 0 THEN 'failing' WHEN poll.last_success IS NULL THEN 'new' WHEN poll.next_at IS NULL THEN 'paused'
  WHEN ? - poll.next_at > CASE WHEN poll.wait_seconds * ${SECOND} > ${2 * MINUTE} THEN poll.wait_seconds * ${SECOND}
    ELSE ${2 * MINUTE} END THEN 'late' ELSE 'ok' END`;

const FROM = `FROM user JOIN poll ON poll.user = user.id
  JOIN profile_item ON profile_item.user = poll.user AND profile_item.part = 'accounts'
    AND profile_item.id = poll.account`;

/** In the order of user names; `after` is the last of the page before. */
export async function listHealth(
  reader: Reader,
  which: HealthSelection,
  page: { now: Millis; limit: number; after: { name: string; account: string } | null },
): Promise<HealthRecord[]> {
  const { text, params } = narrow(reader.engine, which, page.now);
  const { after } = page;
  const place = after === null ? '' : 'AND (user.name_key > ? OR (user.name_key = ? AND poll.account > ?))';
  return await reader.all<HealthRecord>(
    `SELECT poll.account AS account, poll.user AS user, poll.host AS host, poll.wait_seconds AS wait_seconds,
      poll.paused AS paused, poll.next_at AS next_at, poll.last_success AS last_success,
      poll.failing_since AS failing_since, poll.fails AS fails, poll.needs_sign_in AS needs_sign_in,
      poll.error AS error, user.name AS user_name, user.name_key AS name_key, user.group_id AS group_id,
      user_group.name AS group_name, profile_item.value AS value
      ${FROM} LEFT JOIN user_group ON user_group.id = user.group_id
      WHERE ${text} ${place} ORDER BY user.name_key, poll.account LIMIT ?`,
    [...params, ...(after === null ? [] : [after.name, after.name, after.account]), page.limit],
  );
}

/** How many accounts are in each state. */
export async function countHealth(
  reader: Reader,
  which: HealthSelection,
  now: Millis,
): Promise<{ state: Account['state']; count: number }[]> {
  const { text, params } = narrow(reader.engine, { ...which, states: null }, now);
  return await reader.all(
    `SELECT state, COUNT(*) AS count FROM (SELECT ${STATE} AS state ${FROM} WHERE ${text}) states GROUP BY state`,
    [now, ...params],
  );
}

/** The same for each POP3 host. */
export async function countHosts(
  reader: Reader,
  groups: readonly string[] | null,
  now: Millis,
): Promise<{ host: string; state: Account['state']; count: number }[]> {
  const { text, params } = narrow(reader.engine, { ...EVERYTHING, groups }, now);
  return await reader.all(
    `SELECT host, state, COUNT(*) AS count FROM (SELECT poll.host AS host, ${STATE} AS state
      FROM user JOIN poll ON poll.user = user.id WHERE ${text}) states GROUP BY host, state`,
    [now, ...params],
  );
}

export const EVERYTHING: HealthSelection = {
  groups: null,
  hosts: null,
  states: null,
  code: null,
  query: null,
};

function narrow(engine: Engine, which: HealthSelection, now: Millis): { text: string; params: Param[] } {
  const parts = ['user.disabled = 0'];
  const params: Param[] = [];
  const among = (column: string, values: readonly string[]): void => {
    parts.push(values.length === 0 ? '1 = 0' : `${column} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  };
  if (which.groups !== null) among('user.group_id', which.groups);
  if (which.hosts !== null) among('poll.host', which.hosts);
  if (which.states !== null) {
    params.push(now);
    among(`(${STATE})`, which.states);
  }
  if (which.code !== null) {
    parts.push(`${readJson(engine, 'poll.error', 'code')} = ?`);
    params.push(which.code);
  }
  if (which.query !== null) {
    const like = `%${which.query.replace(/[!%_]/g, '!$&')}%`;
    parts.push(
      `(user.name_key LIKE ? ESCAPE '!' OR LOWER(${readJson(engine, 'profile_item.value', 'email')}) LIKE ? ESCAPE '!')`,
    );
    params.push(like, like);
  }
  return { text: parts.join(' AND '), params };
}

function readJson(engine: Engine, column: string, key: string): string {
  const read = `JSON_EXTRACT(${column}, '$.${key}')`;
  return engine === 'sqlite' ? read : `JSON_UNQUOTE(${read})`;
}
