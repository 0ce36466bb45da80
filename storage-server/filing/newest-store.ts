import type { Reader } from '../../server-kit/database/database.ts';
import type { MailRecord } from '../mail/mail-record.ts';

/** The mails that were collected last, the newest first. */
export async function readNewestReceived(
  read: Reader,
  user: string,
  limit: number,
): Promise<Pick<MailRecord, 'id' | 'header' | 'body' | 'size' | 'attachments' | 'accounts'>[]> {
  return await read.all(
    `SELECT id, header, body, size, attachments, accounts FROM mail
     WHERE user_id = ? AND accounts <> '' ORDER BY id DESC LIMIT ?`,
    [user, limit],
  );
}
