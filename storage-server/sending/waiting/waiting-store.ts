import { MINUTE, type Millis } from '../../../common/time.ts';
import type { Database, Reader, Writer } from '../../../server-kit/database/database.ts';
import type { SendRow } from '../send-store.ts';

/** Ids of the mails of one user that are held or scheduled, the next first. */
export async function listHeld(read: Reader, user: string, now: Millis): Promise<string[]> {
  const rows = await read.all<{ mail: string }>(
    "SELECT mail FROM send WHERE user = ? AND state = 'waiting' AND due_at > ? ORDER BY due_at, mail",
    [user, now],
  );
  return rows.map(({ mail }) => mail);
}

/** Another time; false when it is on its way already, taken back, or sent anew. */
export async function changeDueTime(
  tx: Writer,
  { user, mail, sendKey }: Pick<SendRow, 'user' | 'mail' | 'sendKey'>,
  when: { dueAt: Millis; scheduled: boolean },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE send SET due_at = ?, next_try = ?, scheduled = ?
      WHERE user = ? AND mail = ? AND send_key = ? AND state = 'waiting'`,
    [when.dueAt, when.dueAt, when.scheduled ? 1 : 0, user, mail, sendKey],
  );
  return changes === 1;
}

/** Longest that anything but a schedule makes a mail wait: undo, and the pause between two tries. */
const LONGEST_HOLD = MINUTE;

/**
 * A clock that was set back leaves what is held for undo, and what is tried again, in a far future: it is due now. What
 * the user named a time for keeps it.
 */
export async function pullIn(db: Database, now: Millis): Promise<void> {
  const where = `state IN ('waiting', 'trying') AND (scheduled = 0 OR due_at <= ?) AND next_try > ?`;
  const limits = [now, now + LONGEST_HOLD];
  const found = await db.read.get<{ mail: string }>(`SELECT mail FROM send WHERE ${where} LIMIT 1`, limits);
  if (found === undefined) return;
  await db.write(async (tx) => {
    await tx.run(
      `UPDATE send SET next_try = ?, due_at = CASE WHEN due_at > ? THEN ? ELSE due_at END WHERE ${where}`,
      [now, now, now, ...limits],
    );
  });
}
