import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import type { Millis } from '../../../common/time.ts';
import type { Tries } from './try-limit.ts';

export async function readTries(reader: Reader, who: string): Promise<Tries | null> {
  const row = await reader.get<{ wrong: number; last_at: number }>(
    'SELECT wrong, last_at FROM sign_in_try WHERE who = ?',
    [who],
  );
  return row === undefined ? null : { wrong: row.wrong, lastAt: row.last_at };
}

/** One more wrong one; the first again when the last is as old as `forgetBefore`. In one statement, so that of many at once each counts. */
export async function countWrong(tx: Writer, who: string, now: Millis, forgetBefore: Millis): Promise<Tries> {
  const onTaken = tx.engine === 'sqlite' ? 'ON CONFLICT (who) DO UPDATE SET' : 'ON DUPLICATE KEY UPDATE';
  await tx.run(
    `INSERT INTO sign_in_try (who, wrong, last_at) VALUES (?, 1, ?)
      ${onTaken} wrong = CASE WHEN sign_in_try.last_at <= ? THEN 1 ELSE sign_in_try.wrong + 1 END, last_at = ?`,
    [who, now, forgetBefore, now],
  );
  return (await readTries(tx, who)) ?? { wrong: 1, lastAt: now };
}

export async function removeTries(tx: Writer, who: string): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE who = ?', [who]);
}

export async function removeOldTries(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE last_at < ?', [before]);
}
