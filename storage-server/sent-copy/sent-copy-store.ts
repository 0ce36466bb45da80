import type { Reader } from '../../server-kit/database/database.ts';
import type { SentMail } from './is-sent-copy.ts';

/** The same message may have been sent several times under one id; the newest are looked at. */
const MOST = 5;

/** Mails that were sent from here with that Message-ID (in angle brackets), the newest first. */
export async function findSentMails(read: Reader, user: string, messageId: string): Promise<SentMail[]> {
  const rows = await read.all<{ mail: string; mail_from: string; state: string }>(
    `SELECT mail, mail_from, state FROM send WHERE user = ? AND message_id = ?
      ORDER BY created_at DESC LIMIT ${MOST}`,
    [user, messageId],
  );
  const sent: SentMail[] = [];
  for (const { mail, mail_from: mailFrom, state } of rows) {
    const recipients = await read.all<{ address: string }>(
      'SELECT address FROM send_recipient WHERE user = ? AND mail = ?',
      [user, mail],
    );
    const taken = state === 'taken' || state === 'trying';
    sent.push({ mail, mailFrom, taken, recipients: recipients.map(({ address }) => address) });
  }
  return sent;
}
