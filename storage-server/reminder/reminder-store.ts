import type { Address } from '../../common/shapes/address.ts';
import type { Millis } from '../../common/time.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { pickBehind } from '../watch-due.ts';

export interface ReminderRow {
  user: string;
  mail: string;
  at: Millis;
  unlessAnswered: boolean;
  state: 'waiting' | 'due';
  /** Modseq at which it was set: what came into the store later may be the answer. */
  since: number;
}

interface StoredReminder extends Omit<ReminderRow, 'unlessAnswered'> {
  unless_answered: number;
}

const COLUMNS = 'user_id AS user, mail, at, unless_answered, state, since';

function toReminder({ unless_answered, ...same }: StoredReminder): ReminderRow {
  return { ...same, unlessAnswered: unless_answered === 1 };
}

/** Replaces what was set for that mail before. */
export async function saveReminder(tx: Writer, reminder: Omit<ReminderRow, 'state'>): Promise<void> {
  const { user, mail, at, unlessAnswered, since } = reminder;
  const set = "at = ?, unless_answered = ?, state = 'waiting', since = ?";
  const insert = `INSERT INTO reminder (user_id, mail, at, unless_answered, state, since) VALUES (?, ?, ?, ?, 'waiting', ?)`;
  const clash =
    tx.engine === 'mysql' ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (user_id, mail) DO UPDATE SET';
  const values = [at, unlessAnswered ? 1 : 0, since];
  await tx.run(`${insert} ${clash} ${set}`, [user, mail, ...values, ...values]);
}

export async function countReminders(read: Reader, user: string): Promise<number> {
  const row = await read.get<{ n: number }>('SELECT COUNT(*) AS n FROM reminder WHERE user_id = ?', [user]);
  return row?.n ?? 0;
}

export async function findReminder(read: Reader, user: string, mail: string): Promise<ReminderRow | null> {
  const row = await read.get<StoredReminder>(
    `SELECT ${COLUMNS} FROM reminder WHERE user_id = ? AND mail = ?`,
    [user, mail],
  );
  return row === undefined ? null : toReminder(row);
}

export async function listReminders(read: Reader, user: string): Promise<ReminderRow[]> {
  const rows = await read.all<StoredReminder>(
    `SELECT ${COLUMNS} FROM reminder WHERE user_id = ? ORDER BY at, mail`,
    [user],
  );
  return rows.map(toReminder);
}

/** False when there was none. */
export async function deleteReminder(tx: Writer, user: string, mail: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM reminder WHERE user_id = ? AND mail = ?', [user, mail]);
  return changes === 1;
}

/** Those whose time has come and that come after `behind`, the one due longest first. */
export async function listDueReminders(
  read: Reader,
  now: Millis,
  limit: number,
  behind: Pick<ReminderRow, 'at' | 'user' | 'mail'> | null = null,
): Promise<ReminderRow[]> {
  const [text, params] = pickBehind(behind);
  const rows = await read.all<StoredReminder>(
    `SELECT ${COLUMNS} FROM reminder WHERE state = 'waiting' AND at <= ? ${text} ORDER BY at, user_id, mail LIMIT ?`,
    [now, ...params, limit],
  );
  return rows.map(toReminder);
}

/** When the next one is due; null when none waits. */
export async function readNextReminder(read: Reader, after: Millis): Promise<Millis | null> {
  const row = await read.get<{ at: number | null }>(
    "SELECT MIN(at) AS at FROM reminder WHERE state = 'waiting' AND at > ?",
    [after],
  );
  return row?.at ?? null;
}

type Moment = Pick<ReminderRow, 'user' | 'mail' | 'at'>;

/** False when it was set anew, done or cancelled meanwhile. */
export async function markDue(tx: Writer, { user, mail, at }: Moment): Promise<boolean> {
  const { changes } = await tx.run(
    "UPDATE reminder SET state = 'due' WHERE user_id = ? AND mail = ? AND at = ? AND state = 'waiting'",
    [user, mail, at],
  );
  return changes === 1;
}

/** The same for one that nobody needs any more. */
export async function dropReminder(tx: Writer, { user, mail, at }: Moment): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM reminder WHERE user_id = ? AND mail = ? AND at = ?', [
    user,
    mail,
    at,
  ]);
  return changes === 1;
}

/** A mail of a conversation that came after a moment. */
export interface LaterMail {
  id: number;
  /** Id. */
  mailbox: string;
  from: Address[];
}

/** What came into the conversation of that mail after the modseq `since`, the oldest first. */
export async function listLaterMails(
  read: Reader,
  user: string,
  mail: number,
  since: number,
): Promise<LaterMail[]> {
  const rows = await read.all<{ id: number; mailbox: string; sender: string }>(
    `SELECT id, mailbox, sender FROM mail WHERE user_id = ?
      AND thread = (SELECT thread FROM mail WHERE user_id = ? AND id = ?) AND added > ? AND id <> ?
      ORDER BY id LIMIT 200`,
    [user, user, mail, since, mail],
  );
  return rows.map(({ sender, ...same }) => ({ ...same, from: JSON.parse(sender) as Address[] }));
}
