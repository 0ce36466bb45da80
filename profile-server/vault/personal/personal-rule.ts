import { MailError } from '../../../common/errors.ts';
import type { AccountProblem } from '../../../common/shapes/account.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { readStored } from '../../account/account-store.ts';
import { findItem } from '../../profile/profile-store.ts';
import { LOCKED } from './locked.ts';

/** Only the user can open it, and none of his sessions has. */
export function lockedUntilPassword(): MailError {
  return new MailError('needs-sign-in', 'only its user can open this account', { reason: LOCKED });
}

/** Whether the account's settings say that it is polled only while its user is signed in; false where there is none. */
export async function isPersonalAccount(reader: Reader, user: string, account: string): Promise<boolean> {
  const item = await findItem(reader, user, 'accounts', account);
  return item !== undefined && item.value !== null && readStored(item.value).settings.signedInOnly;
}

/** Whether an account's problem, as JSON, is that it waits for its user's password. */
export function waitsForPassword(error: string | null): boolean {
  return error !== null && (JSON.parse(error) as AccountProblem).reason === LOCKED;
}
