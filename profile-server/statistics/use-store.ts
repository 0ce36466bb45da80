import type { UserMonth } from '../../common/shapes/use.ts';
import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

/** Counts of users' months as their homes know them by now. */
export async function saveUserMonths(tx: Writer, months: readonly UserMonth[]): Promise<void> {
  await writeRows(
    tx,
    'use_month',
    ['user', 'month', 'counts'],
    months.map(({ user, month, providers }) => [user, month, JSON.stringify(providers)]),
    { keys: ['user', 'month'], set: { counts: 'replace' } },
  );
}

export interface Holding {
  user: string;
  mails: number;
  bytes: number;
}

/** What users hold at their homes. */
export async function saveHoldings(tx: Writer, holdings: readonly Holding[], at: number): Promise<void> {
  await writeRows(
    tx,
    'use_of_user',
    ['user', 'mails', 'bytes', 'at'],
    holdings.map(({ user, mails, bytes }) => [user, mails, bytes, at]),
    { keys: ['user'], set: { mails: 'replace', bytes: 'replace', at: 'replace' } },
  );
}

/** Months that have counts and begin before `before` (`YYYY-MM`), the oldest first. */
export async function listOpenMonths(reader: Reader, before: string): Promise<string[]> {
  const rows = await reader.all<{ month: string }>(
    'SELECT DISTINCT month FROM use_month WHERE month < ? ORDER BY month',
    [before],
  );
  return rows.map(({ month }) => month);
}

export interface UserMonthRow {
  user: string;
  counts: string;
  group_id: string | null;
  accounts: number;
}

/** The next users of a month in the order of ids, with their group and how many accounts they have. */
export async function readUserMonths(
  reader: Reader,
  month: string,
  after: string,
  limit: number,
): Promise<UserMonthRow[]> {
  return await reader.all(
    `SELECT m.user, m.counts, u.group_id, (SELECT COUNT(*) FROM poll p WHERE p.user = m.user) AS accounts
     FROM use_month m JOIN user u ON u.id = m.user
     WHERE m.month = ? AND m.user > ? ORDER BY m.user LIMIT ?`,
    [month, after, limit],
  );
}

export async function removeUserMonths(tx: Writer, month: string): Promise<void> {
  await tx.run('DELETE FROM use_month WHERE month = ?', [month]);
}

/** False when somebody else has reported the month. */
export async function addReport(tx: Writer, month: string, report: string, at: number): Promise<boolean> {
  return await addRow(tx, 'use_report', 'month, report, made_at', [month, report, at]);
}

export async function listReported(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ month: string }>('SELECT month FROM use_report ORDER BY month');
  return rows.map(({ month }) => month);
}

/** Reports whose month begins with this: a month, or all of a year. */
export async function readReports(
  reader: Reader,
  beginning: string,
): Promise<{ month: string; report: string }[]> {
  return await reader.all('SELECT month, report FROM use_report WHERE month LIKE ? ORDER BY month', [
    `${beginning}%`,
  ]);
}

/** Of these users those whose home is that part. */
export async function listUsersAt(
  reader: Reader,
  home: string,
  users: readonly string[],
): Promise<Set<string>> {
  if (users.length === 0) return new Set();
  const rows = await reader.all<{ id: string }>(
    `SELECT id FROM user WHERE home = ? AND id IN (${users.map(() => '?').join(',')})`,
    [home, ...users],
  );
  return new Set(rows.map((row) => row.id));
}
