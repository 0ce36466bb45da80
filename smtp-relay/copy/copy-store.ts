import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { appendResults } from '../result/result-store.ts';
import type { NewMail } from '../queue/queued-mail.ts';
import type { CopyNews } from './copy.ts';

/** Tells the home, in the transaction that queues the mail, that it has a copy to take; its bytes stay until then. */
export async function offerCopy(tx: Writer, mail: NewMail): Promise<void> {
  await tx.run('INSERT INTO mail_copy (mail) VALUES (?)', [mail.id]);
  const news: CopyNews = {
    queueId: mail.id,
    size: mail.body.length,
    mailFrom: mail.mailFrom,
    messageId: mail.messageId,
    queuedAt: mail.queuedAt,
    recipients: mail.recipients.map(({ address }) => address),
  };
  await appendResults(tx, mail.home, [
    { mail: mail.id, user: mail.user, sendKey: mail.sendKey, kind: 'copy', body: JSON.stringify(news) },
  ]);
}

/** The mail that `home` may take a copy of, `size` in bytes; of others' mails it does not even learn that they exist. */
export async function findCopy(
  reader: Reader,
  home: string,
  queueId: string,
): Promise<{ id: string; size: number } | undefined> {
  return await reader.get<{ id: string; size: number }>(
    `SELECT mail.id AS id, mail.size AS size FROM mail JOIN mail_copy ON mail_copy.mail = mail.id
      WHERE mail.id = ? AND mail.home = ?`,
    [queueId, home],
  );
}
