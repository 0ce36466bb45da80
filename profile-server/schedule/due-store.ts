import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { PollRecord } from './poll-store.ts';

/** An account that should be polled now. */
export type DuePoll = Pick<PollRecord, 'account' | 'user' | 'maildrop' | 'host' | 'login_gap'> & {
  next_at: number;
};

const COLUMNS = 'account, user, maildrop, host, login_gap, next_at';

/**
 * When the first account of each host is due. It jumps from host to host in the index (home, host, next_at): its
 * cost grows with the hosts, not with the accounts that are due.
 */
export async function listHosts(reader: Reader, home: string): Promise<{ host: string; next_at: number }[]> {
  if (reader.engine === 'mysql') {
    return await reader.all<{ host: string; next_at: number }>(
      'SELECT host, MIN(next_at) AS next_at FROM poll WHERE home = ? AND next_at IS NOT NULL GROUP BY host',
      [home],
    );
  }
  return await reader.all<{ host: string; next_at: number }>(
    `WITH RECURSIVE known (host) AS (
        SELECT MIN(host) FROM poll WHERE home = ?
        UNION ALL SELECT (SELECT MIN(host) FROM poll WHERE home = ? AND host > known.host) FROM known WHERE host IS NOT NULL
      )
      SELECT * FROM (
        SELECT host, (SELECT MIN(next_at) FROM poll WHERE home = ? AND poll.host = known.host AND next_at IS NOT NULL) AS next_at
        FROM known WHERE host IS NOT NULL
      ) WHERE next_at IS NOT NULL`,
    [home, home, home],
  );
}

/** The accounts of a host that have waited longest; at most `limit`, whether due or not. */
export async function listNextOfHost(
  reader: Reader,
  home: string,
  host: string,
  limit: number,
): Promise<DuePoll[]> {
  return await reader.all<DuePoll>(
    `SELECT ${COLUMNS} FROM poll WHERE home = ? AND host = ? AND next_at IS NOT NULL ORDER BY next_at LIMIT ?`,
    [home, host, limit],
  );
}

/** Moves when it is due unless somebody else just did: false then. */
export async function moveDue(
  tx: Writer,
  poll: Pick<PollRecord, 'account' | 'next_at'>,
  to: Pick<PollRecord, 'next_at' | 'allowed_at'>,
): Promise<boolean> {
  const unchanged = poll.next_at === null ? 'next_at IS NULL' : 'next_at = ?';
  const { changes } = await tx.run(
    `UPDATE poll SET next_at = ?, allowed_at = ? WHERE account = ? AND ${unchanged}`,
    [to.next_at, to.allowed_at, poll.account, ...(poll.next_at === null ? [] : [poll.next_at])],
  );
  return changes === 1;
}

export async function setNextAt(tx: Writer, account: string, nextAt: number | null): Promise<void> {
  await tx.run('UPDATE poll SET next_at = ? WHERE account = ?', [nextAt, account]);
}
