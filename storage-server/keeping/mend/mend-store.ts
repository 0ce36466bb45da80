import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { OriginalRecord } from '../../mail/mail-store.ts';
import { ROW_FIELDS, type RowFields } from '../check/row-fields.ts';

/** Numbers and modseqs that were given already are never given again. */
export async function raiseCounter(tx: Writer, user: string): Promise<void> {
  const highest = await tx.get<{ id: number | null; modseq: number | null }>(
    'SELECT MAX(id) AS id, MAX(modseq) AS modseq FROM mail WHERE user_id = ?',
    [user],
  );
  const removed = await tx.get<{ id: number | null; modseq: number | null }>(
    'SELECT MAX(mail) AS id, MAX(modseq) AS modseq FROM mail_tombstone WHERE user_id = ?',
    [user],
  );
  const id = Math.max(highest?.id ?? 0, removed?.id ?? 0);
  const modseq = Math.max(highest?.modseq ?? 0, removed?.modseq ?? 0);
  const over =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (user_id) DO UPDATE SET last_id = MAX(last_id, excluded.last_id), modseq = MAX(modseq, excluded.modseq) + 1'
      : 'ON DUPLICATE KEY UPDATE last_id = GREATEST(last_id, VALUES(last_id)), modseq = GREATEST(modseq, VALUES(modseq)) + 1';
  await tx.run(`INSERT INTO user_counter (user_id, last_id, modseq, forgotten) VALUES (?, ?, ?, 0) ${over}`, [
    user,
    id,
    modseq + 1,
  ]);
}

/** Which bytes a mail shows. */
export async function updateBytes(
  tx: Writer,
  user: string,
  mail: number,
  bytes: { header: string; body: string; size: number; modseq: number },
): Promise<void> {
  await tx.run('UPDATE mail SET header = ?, body = ?, size = ?, modseq = ? WHERE user_id = ? AND id = ?', [
    bytes.header,
    bytes.body,
    bytes.size,
    bytes.modseq,
    user,
    mail,
  ]);
}

/** What a mail says of itself. */
export async function updateFields(
  tx: Writer,
  user: string,
  mail: number,
  fields: RowFields & { modseq: number },
): Promise<void> {
  const columns = [...ROW_FIELDS, 'modseq'] as const;
  await tx.run(
    `UPDATE mail SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE user_id = ? AND id = ?`,
    [...columns.map((column) => fields[column]), user, mail],
  );
}

export async function updateOriginalSize(
  tx: Writer,
  user: string,
  { mail, account }: Pick<OriginalRecord, 'mail' | 'account'>,
  size: number,
): Promise<void> {
  await tx.run('UPDATE mail_original SET size = ? WHERE user_id = ? AND mail = ? AND account = ?', [
    size,
    user,
    mail,
    account,
  ]);
}

/** What repeats the mail's own row: in its originals, and whether it is unread. */
export async function repeatRow(tx: Writer, user: string, mail: number): Promise<void> {
  const own = (column: string): string => `(SELECT m.${column} FROM mail m WHERE m.user_id = ? AND m.id = ?)`;
  await tx.run(
    `UPDATE mail_original SET mailbox = ${own('mailbox')}, date = ${own('date')} WHERE user_id = ? AND mail = ?`,
    [user, mail, user, mail, user, mail],
  );
  await tx.run(
    'UPDATE mail SET unread = CASE WHEN flags & 1 = 0 THEN 1 ELSE 0 END WHERE user_id = ? AND id = ?',
    [user, mail],
  );
}

/** Where most of the mails of an account lie, else most of the user's; null: he has none. */
export async function findUsualMailbox(read: Reader, user: string, account: string): Promise<string | null> {
  const most = 'GROUP BY mailbox ORDER BY COUNT(*) DESC, mailbox LIMIT 1';
  const row =
    (await read.get<{ mailbox: string }>(
      `SELECT mailbox FROM mail_original WHERE user_id = ? AND account = ? AND mailbox <> '' ${most}`,
      [user, account],
    )) ?? (await read.get<{ mailbox: string }>(`SELECT mailbox FROM mail WHERE user_id = ? ${most}`, [user]));
  return row?.mailbox ?? null;
}
