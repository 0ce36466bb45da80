import type { Writer } from '../../server-kit/database/database.ts';
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
