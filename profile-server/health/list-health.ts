import { findProviderOfHost } from '../../common/providers/find-provider.ts';
import type { Account, AccountProblem } from '../../common/shapes/account.ts';
import { ACCOUNT_STATES } from '../../common/shapes/account.ts';
import type { HealthFilter, HealthPage, HealthRow } from '../../common/shapes/health.ts';
import { foldHost } from '../../common/host.ts';
import { formatTime, type Millis } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { decideAccountState } from '../account/account-state.ts';
import { readStored } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import type { Reach } from '../group/reach.ts';
import { foldUserName } from '../user/user-name.ts';
import { coverLine } from './cover-line.ts';
import {
  countHealth,
  countHosts,
  listHealth,
  type HealthRecord,
  type HealthSelection,
} from './health-store.ts';
import { nameProvider } from './heat-map/heat-map.ts';

const TROUBLED: readonly Account['state'][] = ['late', 'failing', 'needs-sign-in'];

/** The accounts within a reach that a filter means, by user name; `after` is `next` of the page before. */
export async function listHealthOf(
  server: Pick<ProfileContext, 'db' | 'clock'>,
  reach: Reach,
  input: { filter: HealthFilter; limit: number; after: string | null },
): Promise<HealthPage> {
  const { read } = server.db;
  const now = server.clock.now();
  const which = await choose(read, reach, input.filter, now);
  if (which === null) return { accounts: [], next: null, counts: input.after === null ? noCounts() : null };
  const after = input.after === null ? null : readCursor(input.after);
  const records = await listHealth(read, which, { now, limit: input.limit + 1, after });
  const page = records.slice(0, input.limit);
  const last = records.length > input.limit ? page.at(-1) : undefined;
  return {
    accounts: page.map((record) => describeHealth(record, now)),
    next: last === undefined ? null : writeCursor(last),
    counts: input.after === null ? sumCounts(await countHealth(read, which, now)) : null,
  };
}

/** Null when nothing can be meant: a group out of reach, a provider that nobody has. */
export async function choose(
  reader: Reader,
  reach: Reach,
  filter: HealthFilter,
  now: Millis,
): Promise<HealthSelection | null> {
  const groups = reach.all ? null : reach.groups;
  const { group, provider, host, state, troubled, code, query } = filter;
  if (group !== undefined && groups !== null && !groups.includes(group)) return null;
  let hosts = host === undefined ? null : [foldHost(host)];
  if (provider !== undefined) {
    const known = await countHosts(reader, groups, now);
    const its = new Set(
      known.map((one) => one.host).filter((one) => nameProvider(one).provider === provider),
    );
    hosts = (hosts ?? [...its]).filter((one) => its.has(one));
    if (hosts.length === 0) return null;
  }
  return {
    groups: group === undefined ? groups : [group],
    hosts,
    states: state !== undefined ? [state] : troubled === true ? TROUBLED : null,
    code: code ?? null,
    query: query === undefined || query === '' ? null : foldUserName(query),
  };
}

/** What admins see of an account. Server lines are cut of what looks like a secret. */
function describeHealth(record: HealthRecord, now: Millis): HealthRow {
  const { settings, oauth } = readStored(record.value);
  const { host, port, tls, user } = settings.pop3;
  return {
    id: record.account,
    user: { id: record.user, name: record.user_name },
    group: record.group_id === null ? null : { id: record.group_id, name: record.group_name ?? '' },
    email: settings.email,
    pop3: { host, port, tls, user },
    provider: findProviderOfHost(host)?.name ?? null,
    oauth,
    interval: settings.interval,
    paused: record.paused === 1,
    state: decideAccountState(record, now),
    lastSuccess: formatTime(record.last_success),
    nextTry: formatTime(record.next_at),
    failingSince: formatTime(record.failing_since),
    fails: record.fails,
    error: record.error === null ? null : coverProblem(JSON.parse(record.error) as AccountProblem),
  };
}

function coverProblem(problem: AccountProblem): AccountProblem {
  const { code, message, reason, params, serverLine } = problem;
  const covered = Object.entries(params ?? {}).map(([key, value]) => [
    key,
    typeof value === 'string' ? coverLine(value) : value,
  ]);
  return {
    code,
    message: coverLine(message),
    reason: reason ?? null,
    params: Object.fromEntries(covered) as Record<string, string | number>,
    serverLine: serverLine === null ? null : coverLine(serverLine),
  };
}

function noCounts(): Record<Account['state'], number> {
  return Object.fromEntries(ACCOUNT_STATES.map((state) => [state, 0])) as Record<Account['state'], number>;
}

function sumCounts(
  rows: readonly { state: Account['state']; count: number }[],
): Record<Account['state'], number> {
  return rows.reduce((counts, { state, count }) => ({ ...counts, [state]: count }), noCounts());
}

function writeCursor({ name_key, account }: HealthRecord): string {
  return Buffer.from(JSON.stringify([name_key, account])).toString('base64url');
}

/** One that is not ours begins anew. */
function readCursor(cursor: string): { name: string; account: string } | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parsed) || typeof parsed[0] !== 'string' || typeof parsed[1] !== 'string') return null;
    return { name: parsed[0], account: parsed[1] };
  } catch {
    return null;
  }
}
