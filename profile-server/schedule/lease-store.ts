import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { LeasePurpose } from './lease.ts';

export interface LeaseRecord {
  /** One lease on a maildrop, whoever asks: the primary key. */
  maildrop: string;
  id: string;
  account: string;
  user: string;
  /** Which part holds it. */
  part: string;
  revision: number;
  purpose: LeasePurpose;
  /** `next_at` before it was taken: a test puts it back. */
  due_before: number | null;
  expires_at: number;
}

const COLUMNS = 'maildrop, id, account, user, part, revision, purpose, due_before, expires_at';

/** Takes the maildrop if nobody holds it; false when somebody does. */
export async function takeLease(tx: Writer, lease: LeaseRecord, now: number): Promise<boolean> {
  await tx.run('DELETE FROM lease WHERE maildrop = ? AND expires_at <= ?', [lease.maildrop, now]);
  const into = tx.engine === 'sqlite' ? 'INSERT OR IGNORE INTO' : 'INSERT IGNORE INTO';
  const { changes } = await tx.run(`${into} lease (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    lease.maildrop,
    lease.id,
    lease.account,
    lease.user,
    lease.part,
    lease.revision,
    lease.purpose,
    lease.due_before,
    lease.expires_at,
  ]);
  return changes === 1;
}

export async function findLeaseOn(reader: Reader, maildrop: string): Promise<LeaseRecord | undefined> {
  return await reader.get<LeaseRecord>(`SELECT ${COLUMNS} FROM lease WHERE maildrop = ?`, [maildrop]);
}

/** A lease that `part` holds and that still runs. */
export async function findHeldLease(
  reader: Reader,
  id: string,
  part: string,
  now: number,
): Promise<LeaseRecord | undefined> {
  return await reader.get<LeaseRecord>(
    `SELECT ${COLUMNS} FROM lease WHERE id = ? AND part = ? AND expires_at > ?`,
    [id, part, now],
  );
}

/** False when it is no longer `part`'s. */
export async function extendLease(
  tx: Writer,
  id: string,
  part: string,
  times: { now: number; expiresAt: number },
): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE lease SET expires_at = ? WHERE id = ? AND part = ? AND expires_at > ?',
    [times.expiresAt, id, part, times.now],
  );
  return changes === 1;
}

/** False when it was gone already: revoked or reported by another call. */
export async function removeLease(tx: Writer, id: string): Promise<boolean> {
  return (await tx.run('DELETE FROM lease WHERE id = ?', [id])).changes === 1;
}

export async function removeLeasesOfAccount(tx: Writer, account: string): Promise<void> {
  await tx.run('DELETE FROM lease WHERE account = ?', [account]);
}

export async function removeLeasesOfUser(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM lease WHERE user = ?', [user]);
}

export async function removeLeasesOfPart(tx: Writer, part: string): Promise<void> {
  await tx.run('DELETE FROM lease WHERE part = ?', [part]);
}

/** As if its sessions had never begun: what they were to poll is due as before. */
export async function releaseLeasesOfPart(tx: Writer, part: string): Promise<void> {
  await tx.run(
    `UPDATE poll SET next_at = (SELECT due_before FROM lease WHERE lease.account = poll.account AND lease.part = ?)
      WHERE next_at IS NOT NULL AND account IN (SELECT account FROM lease WHERE part = ? AND due_before IS NOT NULL)`,
    [part, part],
  );
  await removeLeasesOfPart(tx, part);
}
