import type { Reader } from '../../../server-kit/database/database.ts';

/** Bytes of all mails of a user, as they came. */
export async function readHeld(read: Reader, user: string): Promise<number> {
  const row = await read.get<{ bytes: number | string | null }>(
    'SELECT SUM(bytes) AS bytes FROM mailbox_counter WHERE user_id = ?',
    [user],
  );
  return Number(row?.bytes ?? 0);
}
