import type { Reader } from '../../server-kit/database/database.ts';
import { readRecipientStatus } from '../sending/status/recipient-store.ts';
import type { SendRowState } from '../sending/send-store.ts';
import type { SentCase } from './match-report.ts';
import type { Report } from './report.ts';

interface StoredCase {
  mail: string;
  send_key: string;
  message_id: string;
  queue_id: string | null;
  state: SendRowState;
}

const COLUMNS = 'mail, send_key, message_id, queue_id, state';
/** The same message may have been sent several times under one id; the newest are looked at. */
const MOST = 5;

/** The sent mails that a notification names, best first: by its secret, by the relay's id, by the Message-ID. */
export async function findSentCases(read: Reader, user: string, report: Report): Promise<SentCase[]> {
  const found = new Map<string, StoredCase>();
  const look = async (column: string, value: string): Promise<void> => {
    const rows = await read.all<StoredCase>(
      `SELECT ${COLUMNS} FROM send WHERE user = ? AND ${column} = ? ORDER BY created_at DESC LIMIT ${MOST}`,
      [user, value],
    );
    for (const row of rows) if (!found.has(row.mail)) found.set(row.mail, row);
  };
  if (report.envelopeId !== null) await look('send_key', report.envelopeId);
  for (const id of report.queueIds) await look('queue_id', id);
  for (const id of report.messageIds) await look('message_id', id);
  const cases: SentCase[] = [];
  for (const { mail, send_key, message_id, queue_id, state } of found.values()) {
    const recipients = await readRecipientStatus(read, user, mail);
    cases.push({ mail, sendKey: send_key, messageId: message_id, queueId: queue_id, state, recipients });
  }
  return cases;
}
