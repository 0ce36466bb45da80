import type { Millis } from '../../common/time.ts';
import type { Database, Reader, Writer } from '../../server-kit/database/database.ts';
import { replaceRecipients } from './status/recipient-store.ts';

export type SendRowState = 'waiting' | 'trying' | 'taken' | 'refused' | 'cancelled';

export interface SendRow {
  user: string;
  mail: string;
  sendKey: string;
  clientKey: string | null;
  messageId: string;
  mailFrom: string;
  state: SendRowState;
  /** The relay that may have it after a try without an answer: another one would send it a second time. */
  relay: string | null;
  /** True: the user named a time; false: it is only held for undo. */
  scheduled: boolean;
  dueAt: Millis;
  attempts: number;
  /** The mails that this one answers and forwards: they get the flag when a relay has it. */
  answered: string | null;
  forwarded: string | null;
  /** The relay's id of it, as it stands in the Received field; null until a relay has it. */
  queueId: string | null;
}

export type NewSend = Omit<SendRow, 'state' | 'relay' | 'attempts' | 'queueId'> & {
  createdAt: Millis;
  recipients: string[];
};

interface StoredSend {
  user: string;
  mail: string;
  send_key: string;
  client_key: string | null;
  message_id: string;
  mail_from: string;
  state: SendRowState;
  relay: string | null;
  scheduled: number;
  due_at: number;
  attempts: number;
  answered: string | null;
  forwarded: string | null;
  queue_id: string | null;
}

const COLUMNS = `user, mail, send_key, client_key, message_id, mail_from, state, relay, scheduled, due_at, attempts,
  answered, forwarded, queue_id`;

function toSend(row: StoredSend): SendRow {
  const { send_key, client_key, message_id, mail_from, due_at, scheduled, queue_id, ...same } = row;
  return {
    ...same,
    sendKey: send_key,
    clientKey: client_key,
    messageId: message_id,
    mailFrom: mail_from,
    dueAt: due_at,
    scheduled: scheduled === 1,
    queueId: queue_id,
  };
}

/** Replaces what an earlier, cancelled sending of the same mail left. */
export async function insertSend(tx: Writer, send: NewSend): Promise<void> {
  await tx.run("DELETE FROM send WHERE user = ? AND mail = ? AND state = 'cancelled'", [
    send.user,
    send.mail,
  ]);
  await tx.run(
    `INSERT INTO send (${COLUMNS}, next_try, created_at) VALUES (?, ?, ?, ?, ?, ?, 'waiting', NULL, ?, ?, 0, ?, ?, NULL, ?, ?)`,
    [
      send.user,
      send.mail,
      send.sendKey,
      send.clientKey,
      send.messageId,
      send.mailFrom,
      send.scheduled ? 1 : 0,
      send.dueAt,
      send.answered,
      send.forwarded,
      send.dueAt,
      send.createdAt,
    ],
  );
  await replaceRecipients(tx, send.user, send.mail, send.recipients);
}

export async function findSendByMail(reader: Reader, user: string, mail: string): Promise<SendRow | null> {
  const row = await reader.get<StoredSend>(`SELECT ${COLUMNS} FROM send WHERE user = ? AND mail = ?`, [
    user,
    mail,
  ]);
  return row === undefined ? null : toSend(row);
}

export async function findSendByClientKey(
  reader: Reader,
  user: string,
  key: string,
): Promise<SendRow | null> {
  const row = await reader.get<StoredSend>(`SELECT ${COLUMNS} FROM send WHERE user = ? AND client_key = ?`, [
    user,
    key,
  ]);
  return row === undefined ? null : toSend(row);
}

export async function findSendByKey(reader: Reader, user: string, sendKey: string): Promise<SendRow | null> {
  const row = await reader.get<StoredSend>(`SELECT ${COLUMNS} FROM send WHERE user = ? AND send_key = ?`, [
    user,
    sendKey,
  ]);
  return row === undefined ? null : toSend(row);
}

/** The next mails to hand to a relay, the one due longest first. */
export async function listDueSends(db: Database, now: Millis, limit: number): Promise<SendRow[]> {
  const rows = await db.read.all<StoredSend>(
    `SELECT ${COLUMNS} FROM send WHERE state IN ('waiting', 'trying') AND next_try <= ? ORDER BY next_try LIMIT ?`,
    [now, limit],
  );
  return rows.map(toSend);
}

/** When the next one is due; null when none waits. */
export async function readNextDue(db: Database): Promise<Millis | null> {
  const row = await db.read.get<{ at: number | null }>(
    "SELECT MIN(next_try) AS at FROM send WHERE state IN ('waiting', 'trying')",
  );
  return row?.at ?? null;
}

/** Changes the state only from one of `from`: false when another hand was faster. */
export async function changeSendState(
  tx: Writer,
  user: string,
  mail: string,
  from: readonly SendRowState[],
  to: SendRowState,
): Promise<boolean> {
  const marks = from.map(() => '?').join(', ');
  const { changes } = await tx.run(
    `UPDATE send SET state = ? WHERE user = ? AND mail = ? AND state IN (${marks})`,
    [to, user, mail, ...from],
  );
  return changes === 1;
}

/** A try at this relay begins: from now on it may have it, and the mail cannot be taken back. */
export async function beginTry(
  tx: Writer,
  send: Pick<SendRow, 'user' | 'mail' | 'sendKey'>,
  relay: string,
  now: Millis,
): Promise<boolean> {
  // By its key: what was taken back and sent again meanwhile is another sending, of other bytes.
  const { changes } = await tx.run(
    `UPDATE send SET state = 'trying', relay = ?, attempts = attempts + 1
      WHERE user = ? AND mail = ? AND send_key = ? AND state IN ('waiting', 'trying') AND next_try <= ?`,
    [relay, send.user, send.mail, send.sendKey, now],
  );
  return changes === 1;
}

export async function writeQueueId(
  tx: Writer,
  send: Pick<SendRow, 'user' | 'mail'>,
  queueId: string,
): Promise<void> {
  await tx.run('UPDATE send SET queue_id = ? WHERE user = ? AND mail = ?', [queueId, send.user, send.mail]);
}

/** A try came to nothing; `reached`: the relay may have it all the same, so that only the same one is asked again. */
export async function putOffSend(
  tx: Writer,
  send: Pick<SendRow, 'user' | 'mail' | 'sendKey'>,
  reached: boolean,
  nextTry: Millis,
): Promise<void> {
  const set = reached ? '' : "state = 'waiting', relay = NULL,";
  await tx.run(
    `UPDATE send SET ${set} next_try = ?
      WHERE user = ? AND mail = ? AND send_key = ? AND state IN ('waiting', 'trying')`,
    [nextTry, send.user, send.mail, send.sendKey],
  );
}
