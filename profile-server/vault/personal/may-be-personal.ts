import { MailError } from '../../../common/errors.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { findUser } from '../../user/user-store.ts';

/**
 * Whether this user may have accounts that only he can open: with a password of this server's (single sign-on gives none
 * that could wrap a key), and where the policy allows it. The reason else.
 */
export async function judgePersonal(reader: Reader, user: string): Promise<string | null> {
  const found = await findUser(reader, user);
  if (found === undefined || found.source !== 'local' || found.password === '') return 'signed-in-only-sso';
  return (await readPolicy(reader, user)).signedInOnly ? null : 'signed-in-only-policy';
}

/** MailError `forbidden` where an account becomes one that only its user can open, and he may not have one. */
export async function checkMayBePersonal(
  reader: Reader,
  user: string,
  settings: AccountSettings,
  before: AccountSettings | null,
): Promise<void> {
  if (!settings.signedInOnly || before?.signedInOnly === true) return;
  const reason = await judgePersonal(reader, user);
  if (reason === null) return;
  throw new MailError('forbidden', 'not for this user', { reason, field: 'settings.signedInOnly' });
}
