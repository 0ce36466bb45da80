import { MailError } from '../../common/errors.ts';
import type { ProfileContext } from '../context.ts';
import { SMALL_PARTS } from '../../common/shapes/small-parts.ts';
import { readProfile } from '../profile/read-profile.ts';
import { limitTries, nameTries } from '../password/limit-tries.ts';
import { issueTokens, openSession, type Issued, type Keeping } from './open-session.ts';
import { readSignedInUser } from '../user/read-user.ts';
import type { SignIn } from '../../common/shapes/session.ts';
import type { SignInInput } from './session-shapes.ts';
import { groupAddress } from '../password/try-limit.ts';
import { foldUserName } from '../user/user-name.ts';
import { PASSWORD_LENGTH } from '../password/password-rule.ts';
import { findUser, findUserByName, type UserRecord } from '../user/user-store.ts';

/** The answer of sign-in and register, and the refresh token for the edge. */
export interface SignedIn {
  answer: SignIn;
  issued: Issued;
}

/** MailError `sign-in-failed` (also for unknown names, in the same time) or `too-many-tries` with `retryAfter`. */
export async function signIn(server: ProfileContext, input: SignInInput, address: string): Promise<SignedIn> {
  const key = foldUserName(input.name);
  const who = nameTries(server, [key, groupAddress(address)]);
  const find = async (): Promise<UserRecord | undefined> => await findUserByName(server.db.read, key);
  const user = await provePassword(server, who, find, input.password);
  return await completeSignIn(server, user, input, address);
}

/** That who is signed in knows the password, for what a session alone may not do; errors as of `signIn`. */
export async function proveOwnPassword(
  server: ProfileContext,
  user: string,
  password: string,
): Promise<UserRecord> {
  const find = async (): Promise<UserRecord | undefined> => await findUser(server.db.read, user);
  return await provePassword(server, nameTries(server, ['own', user]), find, password);
}

/** Opens a session for a proven user. */
async function completeSignIn(
  server: ProfileContext,
  user: UserRecord,
  keeping: Keeping,
  address: string,
): Promise<SignedIn> {
  const session = await server.db.write(
    async (tx) => await openSession(tx, server, user.id, keeping, address),
  );
  return await answerSignIn(server, user, await issueTokens(server, session, user));
}

export async function answerSignIn(
  server: ProfileContext,
  user: UserRecord,
  issued: Issued,
): Promise<SignedIn> {
  const profile = await readProfile(server, user.id, { parts: SMALL_PARTS });
  return { answer: { ...issued.tokens, user: await readSignedInUser(server, user), profile }, issued };
}

/** The user whose password it is; wrong ones are counted for name and address together, so that nobody locks another out. */
async function provePassword(
  server: ProfileContext,
  who: string,
  find: () => Promise<UserRecord | undefined>,
  password: string,
): Promise<UserRecord> {
  const user = await limitTries(server, who, async () => {
    const found = await find();
    const typed = password.slice(0, PASSWORD_LENGTH.max * 2);
    const right = await server.passwords.verify(typed, found?.password ?? null);
    return right && found !== undefined && found.disabled === 0 ? found : null;
  });
  // Read again: what was proven may have been disabled while the hash was computed.
  const current = await findUser(server.db.read, user.id);
  if (current === undefined || current.disabled === 1) throw new MailError('sign-in-failed', 'user is gone');
  server.metrics.count('sign_ins', 'ok');
  return current;
}
