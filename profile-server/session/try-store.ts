import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { Tries } from './try-limit.ts';

export async function readTries(reader: Reader, who: string): Promise<Tries | null> {
  const row = await reader.get<{ wrong: number; last_at: number }>(
    'SELECT wrong, last_at FROM sign_in_try WHERE who = ?',
    [who],
  );
  return row === undefined ? null : { wrong: row.wrong, lastAt: row.last_at };
}

export async function saveTries(tx: Writer, who: string, tries: Tries): Promise<void> {
  const onTaken =
    tx.engine === 'sqlite'
      ? 'ON CONFLICT (who) DO UPDATE SET wrong = excluded.wrong, last_at = excluded.last_at'
      : 'ON DUPLICATE KEY UPDATE wrong = VALUES(wrong), last_at = VALUES(last_at)';
  await tx.run(`INSERT INTO sign_in_try (who, wrong, last_at) VALUES (?, ?, ?) ${onTaken}`, [
    who,
    tries.wrong,
    tries.lastAt,
  ]);
}

export async function removeTries(tx: Writer, who: string): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE who = ?', [who]);
}

export async function removeOldTries(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM sign_in_try WHERE last_at < ?', [before]);
}
