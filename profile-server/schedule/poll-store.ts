import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** When an account is polled, and how that went. */
export interface PollRecord {
  account: string;
  user: string;
  home: string | null;
  /** Hash of host, port and POP3 user: accounts with the same one share a maildrop. */
  maildrop: string;
  host: string;
  /** Seconds between polls: the account's interval or the provider's minimum. */
  wait_seconds: number;
  /** Due at; under a lease its end; null when nobody should poll. */
  next_at: number | null;
  last_poll: number | null;
  last_success: number | null;
  failing_since: number | null;
  fails: number;
  needs_sign_in: number;
  /** JSON of an AccountProblem. */
  error: string | null;
}

const COLUMNS =
  'account, user, home, maildrop, host, wait_seconds, next_at, last_poll, last_success, failing_since, fails, needs_sign_in, error';

export async function addPoll(tx: Writer, poll: PollRecord): Promise<void> {
  await tx.run(`INSERT INTO poll (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    poll.account,
    poll.user,
    poll.home,
    poll.maildrop,
    poll.host,
    poll.wait_seconds,
    poll.next_at,
    poll.last_poll,
    poll.last_success,
    poll.failing_since,
    poll.fails,
    poll.needs_sign_in,
    poll.error,
  ]);
}

export async function findPoll(reader: Reader, account: string): Promise<PollRecord | undefined> {
  return await reader.get<PollRecord>(`SELECT ${COLUMNS} FROM poll WHERE account = ?`, [account]);
}

export async function listPolls(reader: Reader, user: string): Promise<PollRecord[]> {
  return await reader.all<PollRecord>(`SELECT ${COLUMNS} FROM poll WHERE user = ? ORDER BY account`, [user]);
}

/** After an edit by the user: due at once, and what went wrong before is forgotten. */
export async function resetPoll(
  tx: Writer,
  poll: Pick<PollRecord, 'account' | 'maildrop' | 'host' | 'wait_seconds' | 'next_at'>,
): Promise<void> {
  await tx.run(
    `UPDATE poll SET maildrop = ?, host = ?, wait_seconds = ?, next_at = ?, failing_since = NULL, fails = 0,
      needs_sign_in = 0, error = NULL WHERE account = ?`,
    [poll.maildrop, poll.host, poll.wait_seconds, poll.next_at, poll.account],
  );
}

export async function removePoll(tx: Writer, account: string): Promise<void> {
  await tx.run('DELETE FROM poll WHERE account = ?', [account]);
}

export type Outcome = Pick<
  PollRecord,
  'next_at' | 'last_poll' | 'last_success' | 'failing_since' | 'fails' | 'needs_sign_in' | 'error'
>;

export async function saveOutcome(tx: Writer, account: string, outcome: Outcome): Promise<void> {
  await tx.run(
    `UPDATE poll SET next_at = ?, last_poll = ?, last_success = ?, failing_since = ?, fails = ?,
      needs_sign_in = ?, error = ? WHERE account = ?`,
    [
      outcome.next_at,
      outcome.last_poll,
      outcome.last_success,
      outcome.failing_since,
      outcome.fails,
      outcome.needs_sign_in,
      outcome.error,
      account,
    ],
  );
}

export async function setNextAt(tx: Writer, account: string, nextAt: number | null): Promise<void> {
  await tx.run('UPDATE poll SET next_at = ? WHERE account = ?', [nextAt, account]);
}

export interface DuePoll {
  account: string;
  user: string;
  maildrop: string;
  next_at: number;
  host: string;
  /** Its place among the due ones of its host, from 1. */
  place: number;
}

/**
 * What is due at a home, one of each host before a second of any: a host with a thousand due
 * accounts delays the others by one place only.
 */
export async function listDue(
  reader: Reader,
  home: string,
  now: number,
  which: { limit: number; except: readonly string[] },
): Promise<DuePoll[]> {
  const others =
    which.except.length === 0 ? '' : `AND poll.host NOT IN (${which.except.map(() => '?').join(', ')})`;
  return await reader.all<DuePoll>(
    `SELECT account, user, maildrop, next_at, host, place FROM (
        SELECT poll.account AS account, poll.user AS user, poll.maildrop AS maildrop, poll.next_at AS next_at,
          poll.host AS host, ROW_NUMBER() OVER (PARTITION BY poll.host ORDER BY poll.next_at, poll.account) AS place
        FROM poll JOIN user ON user.id = poll.user
        WHERE poll.home = ? AND poll.next_at <= ? AND user.disabled = 0 ${others}
      ) due ORDER BY place, next_at LIMIT ?`,
    [home, now, ...which.except, which.limit],
  );
}

/** Periodic polls under way for a part, by host. */
export async function countRunning(reader: Reader, part: string, now: number): Promise<Map<string, number>> {
  const rows = await reader.all<{ host: string; running: number }>(
    `SELECT poll.host AS host, COUNT(*) AS running FROM lease JOIN poll ON poll.account = lease.account
      WHERE lease.part = ? AND lease.expires_at > ? AND lease.purpose = 'poll' GROUP BY poll.host`,
    [part, now],
  );
  return new Map(rows.map((row) => [row.host, row.running]));
}

/** When the next account of a home becomes due, also in the past; null when none will. */
export async function findNextDue(reader: Reader, home: string): Promise<number | null> {
  const row = await reader.get<{ next_at: number | null }>(
    'SELECT MIN(next_at) AS next_at FROM poll WHERE home = ? AND next_at IS NOT NULL',
    [home],
  );
  return row?.next_at ?? null;
}
