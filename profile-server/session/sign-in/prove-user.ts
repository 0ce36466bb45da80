import { MailError } from '../../../common/errors.ts';
import type { ProfileContext } from '../../context.ts';
import { findDirectoryName, levelRefusal, proveByLdap } from '../../directory/ldap/prove-by-ldap.ts';
import { limitTries, nameTries } from '../../password/tries/limit-tries.ts';
import { PASSWORD_LENGTH } from '../../password/choice/password-rule.ts';
import { groupAddress } from '../../password/tries/try-limit.ts';
import { tryInitialPassword } from '../../user/provision/initial-password.ts';
import { foldUserName } from '../../user/user-name.ts';
import { findUser, findUserByName, type UserRecord } from '../../user/user-store.ts';

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
  const ask = async (): Promise<string> => given.name;
  return await provePassword(server, place, { find, ask }, given.password);
}

/** That who is signed in knows the password, for what a session alone may not do; errors as of `proveUser`. */
export async function proveOwnPassword(
  server: ProfileContext,
  user: string,
  password: string,
): Promise<UserRecord> {
  const find = async (): Promise<UserRecord | undefined> => await findUser(server.db.read, user);
  const place = { who: nameTries(server, ['own', user]), from: user };
  const ask = async (found: UserRecord | undefined): Promise<string> =>
    found === undefined ? '' : await findDirectoryName(server, found);
  const proven = await provePassword(server, place, { find, ask }, password);
  if (proven.id === user) return proven;
  throw new MailError('sign-in-failed', 'another person has the name now', { field: 'password' });
}

/** The user whose password it is; wrong ones are counted for name and address together, so that nobody locks another out. */
async function provePassword(
  server: ProfileContext,
  { who, from }: { who: string; from: string },
  whose: {
    find: () => Promise<UserRecord | undefined>;
    /** The name that the organisation's directory is asked for. */
    ask: (found: UserRecord | undefined) => Promise<string>;
  },
  password: string,
): Promise<UserRecord> {
  const { user, before } = await limitTries(server, who, async () => {
    const began = performance.now();
    const found = await whose.find();
    const typed = password.slice(0, PASSWORD_LENGTH.max * 2);
    const [right, outer] = await Promise.all([
      isPassword(server, found, typed, from),
      proveByLdap(server, { name: await whose.ask(found), password: typed }, found),
    ]);
    if (right && found !== undefined && found.disabled === 0) return { user: found, before: found.password };
    if (outer !== null) return { user: outer, before: outer.password };
    await levelRefusal(server, began);
    return null;
  });
  const current = await demandActive(server, user.id);
  // The password was right, but is not any more: it was changed while it was hashed.
  if (before === '' || before === current.password) return current;
  throw new MailError('sign-in-failed', 'changed meanwhile', { field: 'password' });
}

/** Who has no password of this server's (single sign-on, not invited in yet) has it denied as slowly as anybody. */
async function isPassword(
  server: ProfileContext,
  user: UserRecord | undefined,
  typed: string,
  from: string,
): Promise<boolean> {
  const phc = user === undefined || user.password === '' ? null : user.password;
  const first =
    phc === null && user !== undefined ? await tryInitialPassword(server, user.id, typed, from) : null;
  return first ?? (await server.passwords.verify(typed, phc, { from }));
}

/** Read again: what was proven may have been disabled while a hash was computed. MailError `sign-in-failed`. */
export async function demandActive(server: ProfileContext, id: string): Promise<UserRecord> {
  const current = await findUser(server.db.read, id);
  if (current !== undefined && current.disabled === 0) return current;
  throw new MailError('sign-in-failed', 'user is gone');
}
