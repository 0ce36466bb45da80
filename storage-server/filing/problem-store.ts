import { createHash } from 'node:crypto';
import type { Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { FilingProblem } from './filing.ts';

/** A problem that was met `count` times, the last time at `at` with `mail` (empty: with none in particular). */
export interface StoredProblem extends FilingProblem {
  mail: string;
  count: number;
  at: Millis;
}

/** Fixed length for what may be as long as a script can make it. */
export function hashKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const LONGEST = 1000;
const INSERT = `INSERT INTO filing_problem (user_id, rule, reason, detail_key, detail, mail, at, count)
  VALUES (?, ?, ?, ?, ?, ?, ?, 1)`;
const COUNT_SQLITE = `${INSERT} ON CONFLICT (user_id, rule, reason, detail_key) DO UPDATE SET
  count = count + 1, mail = excluded.mail, at = excluded.at`;
const COUNT_MYSQL = `${INSERT} ON DUPLICATE KEY UPDATE count = count + 1, mail = VALUES(mail), at = VALUES(at)`;

/** Counts the problems in the transaction of what met them. */
export async function saveProblems(
  tx: Writer,
  user: string,
  problems: readonly FilingProblem[],
  met: { mail: string; at: Millis },
): Promise<void> {
  for (const { rule, reason, detail } of problems) {
    await tx.run(tx.engine === 'sqlite' ? COUNT_SQLITE : COUNT_MYSQL, [
      user,
      rule ?? '',
      reason,
      hashKey(detail),
      detail.slice(0, LONGEST),
      met.mail,
      met.at,
    ]);
  }
}

export async function listProblems(read: Reader, user: string): Promise<StoredProblem[]> {
  const rows = await read.all<Omit<StoredProblem, 'rule'> & { rule: string }>(
    `SELECT rule, reason, detail, mail, count, at FROM filing_problem
     WHERE user_id = ? ORDER BY at DESC LIMIT 200`,
    [user],
  );
  return rows.map((row) => ({ ...row, rule: row.rule === '' ? null : row.rule }));
}

export async function forgetProblems(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM filing_problem WHERE user_id = ?', [user]);
}

export async function forgetOldProblems(tx: Writer, before: Millis): Promise<void> {
  await tx.run('DELETE FROM filing_problem WHERE at < ?', [before]);
}
