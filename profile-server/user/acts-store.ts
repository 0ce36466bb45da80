import type { Reader } from '../../server-kit/database/database.ts';

/** What the audit log says was done to a user, newest first. */
export async function listActsOn(
  reader: Reader,
  user: string,
  limit: number,
): Promise<{ at: number; actor: string; action: string }[]> {
  return await reader.all(
    `SELECT at, actor, action FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT ${limit}`,
    [user],
  );
}
