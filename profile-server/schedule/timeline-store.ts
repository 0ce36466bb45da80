import { DAY, type Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { PollRun } from './grow-run.ts';

/** Of each account; a run may be months of polls that found nothing. */
const MOST_RUNS = 500;
const KEPT_FOR = 90 * DAY;

/** A finished run; what is too old or too much goes. */
export async function addRun(tx: Writer, account: string, run: PollRun, now: Millis): Promise<void> {
  await tx.run(
    'INSERT INTO poll_run (account, seq, from_at, to_at, polls, mails, bytes, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [account, run.seq, run.from_at, run.to_at, run.polls, run.mails, run.bytes, run.error],
  );
  await tx.run('DELETE FROM poll_run WHERE account = ? AND (seq <= ? OR to_at < ?)', [
    account,
    run.seq - MOST_RUNS,
    now - KEPT_FOR,
  ]);
}

/** Finished ones before `before`, newest first. */
export async function listRuns(
  reader: Reader,
  account: string,
  which: { before: number; limit: number },
): Promise<PollRun[]> {
  return await reader.all<PollRun>(
    `SELECT seq, from_at, to_at, polls, mails, bytes, error FROM poll_run
      WHERE account = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    [account, which.before, which.limit],
  );
}

/** Counts mails on the day (UTC) of `at`; the first of a day removes days that are too old. */
export async function countMails(
  tx: Writer,
  account: string,
  came: { at: Millis; mails: number; bytes: number },
): Promise<void> {
  const day = dayOf(came.at);
  const { changes } = await tx.run(
    'UPDATE poll_day SET mails = mails + ?, bytes = bytes + ? WHERE account = ? AND day = ?',
    [came.mails, came.bytes, account, day],
  );
  if (changes === 1) return;
  await tx.run('INSERT INTO poll_day (account, day, mails, bytes) VALUES (?, ?, ?, ?)', [
    account,
    day,
    came.mails,
    came.bytes,
  ]);
  await tx.run('DELETE FROM poll_day WHERE account = ? AND day < ?', [account, dayOf(came.at - KEPT_FOR)]);
}

/** Days on which mail came, newest first; `day` is their number since 1970. */
export async function listDays(
  reader: Reader,
  account: string,
  now: Millis,
): Promise<{ day: number; mails: number; bytes: number }[]> {
  return await reader.all(
    'SELECT day, mails, bytes FROM poll_day WHERE account = ? AND day >= ? ORDER BY day DESC',
    [account, dayOf(now - KEPT_FOR)],
  );
}

export async function removeTimeline(tx: Writer, account: string): Promise<void> {
  await tx.run('DELETE FROM poll_run WHERE account = ?', [account]);
  await tx.run('DELETE FROM poll_day WHERE account = ?', [account]);
}

function dayOf(at: Millis): number {
  return Math.floor(at / DAY);
}
