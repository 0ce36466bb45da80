import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { PollRecord } from './poll-store.ts';

/** An account that should be polled now. */
export type DuePoll = Pick<PollRecord, 'account' | 'user' | 'maildrop' | 'host' | 'login_gap'> & {
  next_at: number;
};

const COLUMNS = 'account, user, maildrop, host, login_gap, next_at';

/**
 * When the first account of each host is due. It jumps from host to host in the index (home, host, next_at): its
 * cost grows with the hosts, not with the accounts that are due. (MariaDB jumps only where it is told each time from
 * where; in one statement it reads all.)
 */
export async function listHosts(reader: Reader, home: string): Promise<{ host: string; next_at: number }[]> {
  const hosts: { host: string; next_at: number }[] = [];
  for (let after = ''; ;) {
    const first = await reader.get<{ host: string; next_at: number }>(
      `SELECT host, next_at FROM poll WHERE home = ? AND host > ? AND next_at IS NOT NULL
        ORDER BY host, next_at LIMIT 1`,
      [home, after],
    );
    if (first === undefined) return hosts;
    hosts.push(first);
    after = first.host;
  }
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
