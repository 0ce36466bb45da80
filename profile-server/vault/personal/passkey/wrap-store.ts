import type { Millis } from '../../../../common/time.ts';
import type { Reader, Writer } from '../../../../server-kit/database/database.ts';
import { writeRows } from '../../../../server-kit/database/write-rows.ts';

/** A user's key under what one of his passkeys computes (WebAuthn Level 3, 10.1.4), which is kept nowhere. */
export interface PasskeyWrap {
  passkey: string;
  user: string;
  wrapped: Buffer;
  made_at: Millis;
}

const COLUMNS = ['passkey', 'user', 'wrapped', 'made_at'];

export async function savePasskeyWrap(tx: Writer, wrap: PasskeyWrap): Promise<void> {
  const row = [wrap.passkey, wrap.user, wrap.wrapped, wrap.made_at];
  const set = { user: 'replace', wrapped: 'replace', made_at: 'replace' } as const;
  await writeRows(tx, 'personal_key_passkey', COLUMNS, [row], { keys: ['passkey'], set });
}

export async function findPasskeyWrap(
  reader: Reader,
  user: string,
  passkey: string,
): Promise<PasskeyWrap | undefined> {
  return await reader.get<PasskeyWrap>(
    `SELECT ${COLUMNS.join(', ')} FROM personal_key_passkey WHERE user = ? AND passkey = ?`,
    [user, passkey],
  );
}

/** Ids of the passkeys that open the user's key. */
export async function listOpeningPasskeys(reader: Reader, user: string): Promise<string[]> {
  const rows = await reader.all<{ passkey: string }>(
    'SELECT passkey FROM personal_key_passkey WHERE user = ?',
    [user],
  );
  return rows.map(({ passkey }) => passkey);
}

/** False when that passkey opened nothing. */
export async function removePasskeyWrap(tx: Writer, user: string, passkey: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM personal_key_passkey WHERE user = ? AND passkey = ?', [
    user,
    passkey,
  ]);
  return changes === 1;
}

export async function removePasskeyWrapsOf(tx: Writer, user: string): Promise<void> {
  await tx.run('DELETE FROM personal_key_passkey WHERE user = ?', [user]);
}
