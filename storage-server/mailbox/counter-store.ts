import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** Of one mailbox; `bytes` as the messages came, not as they are stored. */
export interface MailboxCounter {
  total: number;
  unread: number;
  bytes: number;
}

/** What a transaction adds to and takes from a user's mailboxes. */
export class CounterChanges {
  readonly #changes = new Map<string, MailboxCounter>();

  add(mailbox: string, change: MailboxCounter): void {
    const sum = this.#changes.get(mailbox) ?? { total: 0, unread: 0, bytes: 0 };
    sum.total += change.total;
    sum.unread += change.unread;
    sum.bytes += change.bytes;
    this.#changes.set(mailbox, sum);
  }

  /** In the transaction that changes the rows, so that counters never lie. */
  async save(tx: Writer, user: string): Promise<void> {
    for (const [mailbox, change] of this.#changes) {
      if (change.total === 0 && change.unread === 0 && change.bytes === 0) continue;
      await tx.run(tx.engine === 'sqlite' ? ADD_SQLITE : ADD_MYSQL, [
        user,
        mailbox,
        change.total,
        change.unread,
        change.bytes,
      ]);
    }
  }
}

const INSERT = `INSERT INTO mailbox_counter (user_id, mailbox, total, unread, bytes) VALUES (?, ?, ?, ?, ?)`;
const ADD_SQLITE = `${INSERT} ON CONFLICT (user_id, mailbox) DO UPDATE SET
  total = total + excluded.total, unread = unread + excluded.unread, bytes = bytes + excluded.bytes`;
const ADD_MYSQL = `${INSERT} ON DUPLICATE KEY UPDATE
  total = total + VALUES(total), unread = unread + VALUES(unread), bytes = bytes + VALUES(bytes)`;

/** By mailbox id; mailboxes that never held a mail have none. */
export async function readCounters(read: Reader, user: string): Promise<Map<string, MailboxCounter>> {
  const rows = await read.all<MailboxCounter & { mailbox: string }>(
    'SELECT mailbox, total, unread, bytes FROM mailbox_counter WHERE user_id = ?',
    [user],
  );
  return new Map(rows.map(({ mailbox, total, unread, bytes }) => [mailbox, { total, unread, bytes }]));
}
