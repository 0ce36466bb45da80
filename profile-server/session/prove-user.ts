import { MailError } from '../../common/errors.ts';
import type { ProfileContext } from '../context.ts';
import { limitTries, nameTries } from '../password/limit-tries.ts';
import { PASSWORD_LENGTH } from '../password/password-rule.ts';
import { groupAddress } from '../password/try-limit.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUser, findUserByName, type UserRecord } from '../user/user-store.ts';

/**
 * The user of this name and password. MailError `sign-in-failed` (also for unknown names, in the same time) or
 * `too-many-tries` with `retryAfter`.
 */
export async function proveUser(
  server: ProfileContext,
  given: { name: string; password: string },
  address: string,
): Promise<UserRecord> {
  const key = foldUserName(given.name);
  const group = groupAddress(address);
  const find = async (): Promise<UserRecord | undefined> => await findUserByName(server.db.read, key);
  const place = { who: nameTries(server, [key, group]), from: group };
  return await provePassword(server, place, find, given.password);
}

/** That who is signed in knows the password, for what a session alone may not do; errors as of `proveUser`. */
export async function proveOwnPassword(
  server: ProfileContext,
  user: string,
  password: string,
): Promise<UserRecord> {
  const find = async (): Promise<UserRecord | undefined> => await findUser(server.db.read, user);
  const place = { who: nameTries(server, ['own', user]), from: user };
  return await provePassword(server, place, find, password);
}

/** The user whose password it is; wrong ones are counted for name and address together, so that nobody locks another out. */
async function provePassword(
  server: ProfileContext,
  { who, from }: { who: string; from: string },
  find: () => Promise<UserRecord | undefined>,
  password: string,
): Promise<UserRecord> {
  const user = await limitTries(server, who, async () => {
    const found = await find();
    const typed = password.slice(0, PASSWORD_LENGTH.max * 2);
    // Who has no password of this server's (single sign-on, not invited in yet) has it denied as slowly as anybody.
    const phc = found === undefined || found.password === '' ? null : found.password;
    const right = await server.passwords.verify(typed, phc, { from });
    return right && found !== undefined && found.disabled === 0 ? found : null;
  });
  return await demandActive(server, user.id);
}

/** Read again: what was proven may have been disabled while a hash was computed. MailError `sign-in-failed`. */
export async function demandActive(server: ProfileContext, id: string): Promise<UserRecord> {
  const current = await findUser(server.db.read, id);
  if (current !== undefined && current.disabled === 0) return current;
  throw new MailError('sign-in-failed', 'user is gone');
}
