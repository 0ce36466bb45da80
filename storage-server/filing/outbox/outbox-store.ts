import type { Millis } from '../../../common/time.ts';
import type { Database, Param, Reader, Writer } from '../../../server-kit/database/database.ts';
import type { AutomaticAnswer } from '../answer.ts';

/** One mail to one recipient that a rule has to send; it goes when the relay tells how that ended. */
export interface OutboxRow {
  user: string;
  /** The relay takes (user, sendKey) once. */
  sendKey: string;
  kind: 'forward' | 'answer';
  /** After a refusal, `own`: a forward inside a mail of the user's, an answer with his address as its envelope sender. */
  form: 'original' | 'own';
  /** The mail that is forwarded or answered. */
  mail: string;
  /** The account that received it: by its way it leaves. */
  account: string;
  /** Envelope sender; empty for the null sender. */
  mailFrom: string;
  recipient: string;
  answer: AutomaticAnswer | null;
  state: 'waiting' | 'trying' | 'taken';
  relay: string | null;
  attempts: number;
  createdAt: Millis;
}

interface StoredRow {
  user_id: string;
  send_key: string;
  kind: OutboxRow['kind'];
  form: OutboxRow['form'];
  mail: string;
  account: string;
  mail_from: string;
  recipient: string;
  answer: string | null;
  state: OutboxRow['state'];
  relay: string | null;
  attempts: number;
  created_at: number;
}

const COLUMNS = `user_id, send_key, kind, form, mail, account, mail_from, recipient, answer, state, relay, attempts,
  created_at`;

export type NewOutboxRow = Omit<OutboxRow, 'state' | 'relay' | 'attempts' | 'createdAt'>;

/** Due at once. */
export async function insertOutbox(tx: Writer, row: NewOutboxRow, now: Millis): Promise<void> {
  await tx.run(
    `INSERT INTO filing_outbox (${COLUMNS}, next_try)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', NULL, 0, ?, ?)`,
    [
      row.user,
      row.sendKey,
      row.kind,
      row.form,
      row.mail,
      row.account,
      row.mailFrom,
      row.recipient,
      row.answer === null ? null : JSON.stringify(row.answer),
      now,
      now,
    ],
  );
}

/** What may be tried now, the longest due first. */
export async function listDue(read: Reader, now: Millis, limit: number): Promise<OutboxRow[]> {
  const rows = await read.all<StoredRow>(
    `SELECT ${COLUMNS} FROM filing_outbox WHERE state IN ('waiting', 'trying') AND next_try <= ?
     ORDER BY next_try LIMIT ${limit}`,
    [now],
  );
  return rows.map(toRow);
}

/** Null when nothing waits. */
export async function readNextDue(read: Reader): Promise<Millis | null> {
  const row = await read.get<{ next_try: number | null }>(
    "SELECT MIN(next_try) AS next_try FROM filing_outbox WHERE state IN ('waiting', 'trying')",
  );
  return row?.next_try ?? null;
}

export async function findOutbox(read: Reader, user: string, sendKey: string): Promise<OutboxRow | null> {
  const row = await read.get<StoredRow>(
    `SELECT ${COLUMNS} FROM filing_outbox WHERE user_id = ? AND send_key = ?`,
    [user, sendKey],
  );
  return row === undefined ? null : toRow(row);
}

type Key = Pick<OutboxRow, 'user' | 'sendKey'>;

async function update(tx: Writer, { user, sendKey }: Key, set: string, params: Param[]): Promise<number> {
  const { changes } = await tx.run(`UPDATE filing_outbox SET ${set} WHERE user_id = ? AND send_key = ?`, [
    ...params,
    user,
    sendKey,
  ]);
  return changes;
}

/** False when it is gone meanwhile. */
export async function beginTry(tx: Writer, key: Key, relay: string, now: Millis): Promise<boolean> {
  const set = "state = 'trying', relay = ?, attempts = attempts + 1, next_try = ?";
  return (await update(tx, key, set, [relay, now])) > 0;
}

/** `reached`: that relay may have it, so the next try goes there too. */
export async function putOff(tx: Writer, key: Key, reached: boolean, nextTry: Millis): Promise<void> {
  await update(tx, key, 'state = ?, next_try = ?', [reached ? 'trying' : 'waiting', nextTry]);
}

/** The relay has it and will tell what became of it. */
export async function markTaken(tx: Writer, key: Key): Promise<void> {
  await update(tx, key, "state = 'taken'", []);
}

export async function removeOutbox(tx: Writer, { user, sendKey }: Key): Promise<void> {
  await tx.run('DELETE FROM filing_outbox WHERE user_id = ? AND send_key = ?', [user, sendKey]);
}

/** What no relay ever told the end of is forgotten, and who may be answered again. */
export async function tidyOutbox(db: Database, now: Millis, age: Millis): Promise<void> {
  await db.write(async (tx) => {
    await tx.run("DELETE FROM filing_outbox WHERE state = 'taken' AND created_at < ?", [now - age]);
    await tx.run('DELETE FROM vacation_sent WHERE until < ?', [now]);
  });
}

/** Whether this notice may go to that recipient now; if so it may not again until `until`. Keys are hashes. */
export async function claimAnswer(
  tx: Writer,
  user: string,
  notice: { handle: string; recipient: string; now: Millis; until: Millis },
): Promise<boolean> {
  const { handle, recipient, now, until } = notice;
  const key = [user, handle, recipient];
  const sent = await tx.get<{ until: number }>(
    'SELECT until FROM vacation_sent WHERE user_id = ? AND handle = ? AND recipient = ?',
    key,
  );
  if (sent !== undefined && sent.until > now) return false;
  await tx.run('DELETE FROM vacation_sent WHERE user_id = ? AND handle = ? AND recipient = ?', key);
  await tx.run('INSERT INTO vacation_sent (user_id, handle, recipient, until) VALUES (?, ?, ?, ?)', [
    ...key,
    until,
  ]);
  return true;
}

function toRow(row: StoredRow): OutboxRow {
  const { user_id, send_key, mail_from, created_at, answer, ...same } = row;
  return {
    ...same,
    user: user_id,
    sendKey: send_key,
    mailFrom: mail_from,
    createdAt: created_at,
    answer: answer === null ? null : (JSON.parse(answer) as AutomaticAnswer),
  };
}
