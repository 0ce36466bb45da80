import type { Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';

/**
 * Sets another password in place of `before` (PHC strings), which has not to be changed at the next sign-in; false when
 * it was changed meanwhile.
 */
export async function replacePassword(
  tx: Writer,
  user: string,
  change: { before: string; after: string; at: Millis },
): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE user SET password = ?, password_at = ?, must_change = 0 WHERE id = ? AND password = ?',
    [change.after, change.at, user, change.before],
  );
  return changes === 1;
}
