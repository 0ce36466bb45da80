import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** A first password that waits to be hashed. */
export interface InitialPassword {
  user: string;
  sealed: Buffer;
  made_at: number;
}

export async function addInitialPassword(tx: Writer, waiting: InitialPassword): Promise<void> {
  await tx.run('INSERT INTO initial_password (user, sealed, made_at) VALUES (?, ?, ?)', [
    waiting.user,
    waiting.sealed,
    waiting.made_at,
  ]);
}

export async function findInitialPassword(
  reader: Reader,
  user: string,
): Promise<InitialPassword | undefined> {
  return await reader.get<InitialPassword>(
    'SELECT user, sealed, made_at FROM initial_password WHERE user = ?',
    [user],
  );
}

export async function listInitialPasswords(reader: Reader, limit: number): Promise<InitialPassword[]> {
  return await reader.all<InitialPassword>(
    `SELECT user, sealed, made_at FROM initial_password ORDER BY user LIMIT ${limit}`,
  );
}

/** False when it is not waiting (any more): somebody else was faster. */
export async function removeInitialPassword(tx: Writer, user: string): Promise<boolean> {
  return (await tx.run('DELETE FROM initial_password WHERE user = ?', [user])).changes === 1;
}
