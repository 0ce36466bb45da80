import type { Millis } from '../../../../common/time.ts';
import type { Reader } from '../../../../server-kit/database/database.ts';
import type { RecipientState } from '../../queued-mail.ts';
import type { StopState } from '../decide.ts';

export interface ShownMail {
  user: string;
  mail_from: string;
  message_id: string | null;
  size: number;
  account: string | null;
  priority: number;
  queued_at: Millis;
  finished_at: Millis | null;
}

export interface ShownRecipient {
  number: number;
  address: string;
  destination: string;
  state: RecipientState;
  stop: StopState | null;
  attempts: number;
  next_try: Millis | null;
  lease: string | null;
  last_attempt: Millis | null;
  host: string | null;
  code: number | null;
  enhanced: string | null;
  tls: string | null;
  reason: string | null;
  server_line: string | null;
}

export async function findMail(reader: Reader, id: string): Promise<ShownMail | undefined> {
  return await reader.get<ShownMail>(
    'SELECT user, mail_from, message_id, size, account, priority, queued_at, finished_at FROM mail WHERE id = ?',
    [id],
  );
}

export async function listRecipients(reader: Reader, mail: string): Promise<ShownRecipient[]> {
  return await reader.all<ShownRecipient>(
    `SELECT r.number, r.address, r.destination, r.state, s.state AS stop, r.attempts, r.next_try, r.lease,
       r.last_attempt, r.host, r.code, r.enhanced, r.tls, r.reason, r.server_line
     FROM recipient r LEFT JOIN recipient_stop s ON s.mail = r.mail AND s.number = r.number
     WHERE r.mail = ? ORDER BY r.number`,
    [mail],
  );
}
