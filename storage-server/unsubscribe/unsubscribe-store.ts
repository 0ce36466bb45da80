import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { chunk, makeList } from '../mail/mail-store.ts';

/** When it was done from here, in ms; null: it was not. */
export async function readUnsubscribed(read: Reader, user: string, mail: number): Promise<number | null> {
  const row = await read.get<{ at: number }>(
    'SELECT at FROM mail_unsubscribe WHERE user_id = ? AND mail = ?',
    [user, mail],
  );
  return row?.at ?? null;
}

export async function saveUnsubscribed(tx: Writer, user: string, mail: number, at: number): Promise<void> {
  const clash =
    tx.engine === 'sqlite' ? 'ON CONFLICT (user_id, mail) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
  await tx.run(`INSERT INTO mail_unsubscribe (user_id, mail, at) VALUES (?, ?, ?) ${clash} at = ?`, [
    user,
    mail,
    at,
    at,
  ]);
}

/** With the mails themselves. */
export async function deleteUnsubscribed(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM mail_unsubscribe WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}
