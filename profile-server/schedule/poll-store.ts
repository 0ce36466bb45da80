import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** When an account is polled, and how that went. */
export interface PollRecord {
  account: string;
  user: string;
  home: string | null;
  /** Hash of host, port and POP3 user: accounts with the same one share a maildrop. */
  maildrop: string;
  host: string;
  /** Seconds between polls as they are now. */
  wait_seconds: number;
  /** The smallest that they may be: the account's interval or what the provider demands. */
  least_seconds: number;
  adaptive: number;
  /** 1 by the user: not polled unless asked for; 2 by a policy: not polled at all. */
  paused: number;
  /** Seconds between sign-ins that the server itself demanded (LOGIN-DELAY), 0 for none. */
  login_gap: number;
  /** No sign-in before it; null when there may be one now. */
  allowed_at: number | null;
  /** Due at; under a lease its end; null when nobody should poll. */
  next_at: number | null;
  last_poll: number | null;
  last_success: number | null;
  /** When mail last came; the first success before there was any. */
  last_mail: number | null;
  failing_since: number | null;
  fails: number;
  needs_sign_in: number;
  /** JSON of an AccountProblem. */
  error: string | null;
  /** The run that is still growing: polls that went alike, the first and the last of them, what they brought. */
  run_seq: number;
  run_from: number | null;
  run_to: number | null;
  run_polls: number;
  run_mails: number;
  run_bytes: number;
  run_error: string | null;
}

const FIELDS = [
  'account',
  'user',
  'home',
  'maildrop',
  'host',
  'wait_seconds',
  'least_seconds',
  'adaptive',
  'paused',
  'login_gap',
  'allowed_at',
  'next_at',
  'last_poll',
  'last_success',
  'last_mail',
  'failing_since',
  'fails',
  'needs_sign_in',
  'error',
  'run_seq',
  'run_from',
  'run_to',
  'run_polls',
  'run_mails',
  'run_bytes',
  'run_error',
] as const;
const COLUMNS = FIELDS.join(', ');

/** What the account's settings say of its polls. */
export type PollSettings = Pick<PollRecord, 'maildrop' | 'host' | 'least_seconds' | 'adaptive' | 'paused'>;

/** What a poll begins with; the rest comes with its results. */
export type NewPoll = PollSettings & Pick<PollRecord, 'account' | 'user' | 'home' | 'next_at'>;

export async function addPoll(tx: Writer, poll: NewPoll): Promise<void> {
  await tx.run(
    `INSERT INTO poll (account, user, home, maildrop, host, wait_seconds, least_seconds, adaptive, paused, next_at,
      fails, needs_sign_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
    [
      poll.account,
      poll.user,
      poll.home,
      poll.maildrop,
      poll.host,
      poll.least_seconds,
      poll.least_seconds,
      poll.adaptive,
      poll.paused,
      poll.next_at,
    ],
  );
}

export async function findPoll(reader: Reader, account: string): Promise<PollRecord | undefined> {
  return await reader.get<PollRecord>(`SELECT ${COLUMNS} FROM poll WHERE account = ?`, [account]);
}

export async function listPolls(reader: Reader, user: string): Promise<PollRecord[]> {
  return await reader.all<PollRecord>(`SELECT ${COLUMNS} FROM poll WHERE user = ? ORDER BY account`, [user]);
}

/** Admins change accounts of users who are shut out too: nothing of theirs is due before they are let in again. */
export const IS_SHUT_OUT = 'EXISTS (SELECT 1 FROM user WHERE user.id = poll.user AND user.disabled = 1)';
/** What `next_at` becomes by one value. */
export const DUE_UNLESS_SHUT_OUT = `CASE WHEN ${IS_SHUT_OUT} THEN NULL ELSE ? END`;

/** How polls go on after an edit of the settings. */
export type ChangedPoll = PollSettings &
  Pick<PollRecord, 'wait_seconds' | 'login_gap' | 'allowed_at' | 'next_at'>;

/** After an edit by the user: what went wrong before is forgotten. */
export async function resetPoll(tx: Writer, account: string, poll: ChangedPoll): Promise<void> {
  await tx.run(
    `UPDATE poll SET maildrop = ?, host = ?, wait_seconds = ?, least_seconds = ?, adaptive = ?, paused = ?,
      login_gap = ?, allowed_at = ?, next_at = ${DUE_UNLESS_SHUT_OUT}, failing_since = NULL, fails = 0,
      needs_sign_in = 0, error = NULL WHERE account = ?`,
    [
      poll.maildrop,
      poll.host,
      poll.wait_seconds,
      poll.least_seconds,
      poll.adaptive,
      poll.paused,
      poll.login_gap,
      poll.allowed_at,
      poll.next_at,
      account,
    ],
  );
}

export async function removePoll(tx: Writer, account: string): Promise<void> {
  await tx.run('DELETE FROM poll WHERE account = ?', [account]);
}

export async function setPaused(
  tx: Writer,
  account: string,
  poll: Pick<PollRecord, 'paused' | 'next_at'>,
): Promise<void> {
  await tx.run(`UPDATE poll SET paused = ?, next_at = ${DUE_UNLESS_SHUT_OUT} WHERE account = ?`, [
    poll.paused,
    poll.next_at,
    account,
  ]);
}

/** All that a poll's result decides. */
export type Outcome = Omit<
  PollRecord,
  'account' | 'user' | 'home' | 'maildrop' | 'host' | 'least_seconds' | 'adaptive' | 'paused'
>;

export async function saveOutcome(tx: Writer, account: string, outcome: Outcome): Promise<void> {
  await tx.run(
    `UPDATE poll SET wait_seconds = ?, login_gap = ?, allowed_at = ?, next_at = ?, last_poll = ?, last_success = ?,
      last_mail = ?, failing_since = ?, fails = ?, needs_sign_in = ?, error = ?, run_seq = ?, run_from = ?, run_to = ?,
      run_polls = ?, run_mails = ?, run_bytes = ?, run_error = ? WHERE account = ?`,
    [
      outcome.wait_seconds,
      outcome.login_gap,
      outcome.allowed_at,
      outcome.next_at,
      outcome.last_poll,
      outcome.last_success,
      outcome.last_mail,
      outcome.failing_since,
      outcome.fails,
      outcome.needs_sign_in,
      outcome.error,
      outcome.run_seq,
      outcome.run_from,
      outcome.run_to,
      outcome.run_polls,
      outcome.run_mails,
      outcome.run_bytes,
      outcome.run_error,
      account,
    ],
  );
}

/** No account of a disabled user is due; each is again at once when he is enabled, unless he has paused it or must sign in. */
export async function stopPollsOfUser(tx: Writer, user: string): Promise<void> {
  await tx.run('UPDATE poll SET next_at = NULL WHERE user = ?', [user]);
}

export async function resumePollsOfUser(tx: Writer, user: string, now: number): Promise<void> {
  await tx.run(
    `UPDATE poll SET next_at = CASE WHEN allowed_at > ? THEN allowed_at ELSE ? END
      WHERE user = ? AND paused = 0 AND needs_sign_in = 0`,
    [now, now, user],
  );
}
