import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** As `classifyError` writes it: only its user can open the account that the mail leaves by. */
const LOCKED = 'needs-sign-in/locked-until-password';

/** Users whose mail waits for them. */
export async function listLockedUsers(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ user: string }>(
    `SELECT DISTINCT m.user AS user FROM recipient r JOIN mail m ON m.id = r.mail
      WHERE r.state = 'deferred' AND r.next_try IS NOT NULL AND r.reason = ?`,
    [LOCKED],
  );
  return rows.map(({ user }) => user);
}

/** What waited for these users is due; answers how many recipients. What is held or being tried stays as it is. */
export async function makeDue(tx: Writer, users: readonly string[], now: Millis): Promise<number> {
  const which = `reason = ? AND mail IN (SELECT id FROM mail WHERE user IN (${users.map(() => '?').join(', ')}))`;
  return await hasten(tx, which, [LOCKED, ...users], now);
}

/** Accounts whose smarthost has mail waiting, for whatever reason. */
export async function listWaitingAccounts(reader: Reader): Promise<{ user: string; account: string }[]> {
  return await reader.all(
    `SELECT DISTINCT m.user AS user, m.account AS account FROM recipient r JOIN mail m ON m.id = r.mail
      WHERE r.state = 'deferred' AND r.next_try IS NOT NULL AND m.account IS NOT NULL`,
  );
}

/** What waited for this account is due; answers how many recipients. What is held or being tried stays as it is. */
export async function makeDueOf(
  tx: Writer,
  { user, account }: { user: string; account: string },
  now: Millis,
): Promise<number> {
  const which = 'mail IN (SELECT id FROM mail WHERE user = ? AND account = ?)';
  return await hasten(tx, which, [user, account], now);
}

async function hasten(tx: Writer, which: string, params: readonly string[], now: Millis): Promise<number> {
  const { changes } = await tx.run(
    `UPDATE recipient SET next_try = ?
      WHERE state = 'deferred' AND lease IS NULL AND next_try > ? AND ${which}`,
    [now, now, ...params],
  );
  return changes;
}
