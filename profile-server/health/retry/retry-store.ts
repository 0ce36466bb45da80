import type { Writer, Reader } from '../../../server-kit/database/database.ts';
import type { PollRecord } from '../../schedule/poll-store.ts';
import type { RetryFacts, RetryTiming } from './retry-rule.ts';

export type RetryRecord = RetryFacts & Pick<PollRecord, 'account' | 'user' | 'host'>;

const COLUMNS = `poll.account AS account, poll.user AS user, poll.host AS host, poll.paused AS paused,
  poll.needs_sign_in AS needs_sign_in, poll.fails AS fails, poll.next_at AS next_at, poll.allowed_at AS allowed_at,
  poll.error AS error`;

/** Accounts that fail or need a sign-in, of users within reach (`groups` null: all), on these hosts or with these ids. */
export async function listTroubled(
  reader: Reader,
  which: {
    groups: readonly string[] | null;
    hosts: readonly string[] | null;
    accounts: readonly string[] | null;
  },
  page: { after: string; limit: number },
): Promise<RetryRecord[]> {
  const among = (column: string, values: readonly string[] | null): string =>
    values === null ? '' : `AND ${column} IN (${values.map(() => '?').join(', ')})`;
  return await reader.all<RetryRecord>(
    `SELECT ${COLUMNS} FROM poll JOIN user ON user.id = poll.user
      WHERE user.disabled = 0 AND (poll.fails > 0 OR poll.needs_sign_in = 1) AND poll.account > ?
      ${among('user.group_id', which.groups)} ${among('poll.host', which.hosts)}
      ${among('poll.account', which.accounts)} ORDER BY poll.account LIMIT ?`,
    [page.after, ...(which.groups ?? []), ...(which.hosts ?? []), ...(which.accounts ?? []), page.limit],
  );
}

export async function saveRetry(tx: Writer, account: string, timing: RetryTiming): Promise<void> {
  await tx.run('UPDATE poll SET needs_sign_in = ?, fails = ?, next_at = ? WHERE account = ?', [
    timing.needs_sign_in,
    timing.fails,
    timing.next_at,
    account,
  ]);
}
