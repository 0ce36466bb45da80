import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { DUE_UNLESS_SHUT_OUT, type PollRecord } from '../../schedule/poll-store.ts';

/** The policy's quota as the user's home has been told. */
export async function readQuota(reader: Reader, user: string): Promise<number | null> {
  const row = await reader.get<{ quota_bytes: number | null }>('SELECT quota_bytes FROM user WHERE id = ?', [
    user,
  ]);
  return row?.quota_bytes ?? null;
}

export async function writeQuota(tx: Writer, user: string, bytes: number | null): Promise<void> {
  await tx.run('UPDATE user SET quota_bytes = ? WHERE id = ?', [bytes, user]);
}

export async function setStopped(
  tx: Writer,
  account: string,
  poll: Pick<PollRecord, 'paused' | 'next_at' | 'error'>,
): Promise<void> {
  await tx.run(`UPDATE poll SET paused = ?, next_at = ${DUE_UNLESS_SHUT_OUT}, error = ? WHERE account = ?`, [
    poll.paused,
    poll.next_at,
    poll.error,
    account,
  ]);
}

/** Seconds between polls at the least, and as they are now. */
export async function setLeast(
  tx: Writer,
  account: string,
  seconds: { least: number; wait: number },
): Promise<void> {
  await tx.run('UPDATE poll SET least_seconds = ?, wait_seconds = ? WHERE account = ?', [
    seconds.least,
    seconds.wait,
    account,
  ]);
}
