import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { LeasePurpose } from './lease.ts';

export interface LeaseRecord {
  /** One lease on a maildrop, whoever asks: the primary key. */
  maildrop: string;
  id: string;
  account: string;
  user: string;
  host: string;
  /** Which part holds it. */
  part: string;
  revision: number;
  purpose: LeasePurpose;
  /** `next_at` before it was taken: a test puts it back. */
  due_before: number | null;
  expires_at: number;
}

const COLUMNS = 'maildrop, id, account, user, host, part, revision, purpose, due_before, expires_at';

/** Takes the maildrop if nobody holds it; false when somebody does. */
export async function takeLease(tx: Writer, lease: LeaseRecord, now: number): Promise<boolean> {
  if (await insertLease(tx, lease)) return true;
  const run = await tx.run('DELETE FROM lease WHERE maildrop = ? AND expires_at <= ?', [lease.maildrop, now]);
  return run.changes === 1 && (await insertLease(tx, lease));
}

async function insertLease(tx: Writer, lease: LeaseRecord): Promise<boolean> {
  return await addRow(tx, 'lease', COLUMNS, [
    lease.maildrop,
    lease.id,
    lease.account,
    lease.user,
    lease.host,
    lease.part,
    lease.revision,
    lease.purpose,
    lease.due_before,
    lease.expires_at,
  ]);
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

/** Sessions under way of a part, by host and user. */
export async function listRunning(
  reader: Reader,
  part: string,
  now: number,
): Promise<{ host: string; user: string; running: number }[]> {
  return await reader.all(
    'SELECT host, user, COUNT(*) AS running FROM lease WHERE part = ? AND expires_at > ? GROUP BY host, user',
    [part, now],
  );
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
