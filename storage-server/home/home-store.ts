import type { Reader } from '../../server-kit/database/database.ts';

/** Mails of all users, by the counters of their mailboxes. */
export async function countAllMails(reader: Reader): Promise<number> {
  const row = await reader.get<{ mails: number | string | null }>(
    'SELECT SUM(total) AS mails FROM mailbox_counter',
  );
  return Number(row?.mails ?? 0);
}
