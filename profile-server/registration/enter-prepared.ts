import { MailError } from '../../common/errors.ts';
import type { SignInStep } from '../../common/shapes/session.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { checkNewPassword } from '../password/choice/check-new-password.ts';
import { groupAddress } from '../password/tries/try-limit.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { hashSecretCode } from '../secret-code.ts';
import { completeSignIn, type SignedIn } from '../session/sign-in/complete-sign-in.ts';
import type { RegisterInput } from '../session/session-shapes.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUser, setUserFields, type UserRecord } from '../user/user-store.ts';
import { findInvite, useInvite } from './invite-store.ts';

/** The prepared user whose invitation this is; null when it is none, or one for anybody. */
export async function findPrepared(server: ProfileContext, input: RegisterInput): Promise<UserRecord | null> {
  if (input.invite === undefined || input.setupCode !== undefined) return null;
  const { read } = server.db;
  const invite = await findInvite(read, hashSecretCode(input.invite), server.clock.now());
  if (invite?.user === null || invite?.user === undefined) return null;
  const user = await findUser(read, invite.user);
  if (user === undefined || user.invited === 0 || user.disabled === 1) throw refuseInvite();
  return user;
}

/**
 * Lets a prepared user in with a password of his own; where the policy demands a second factor, that is set up before there is a session. His name is fixed: the code was made for him, and registration may be
 * closed to everybody else. MailErrors `invalid` (`invite-name`, `invite`, the password).
 */
export async function enterPrepared(
  server: ProfileContext,
  user: UserRecord,
  input: RegisterInput,
  address: string,
): Promise<SignedIn | SignInStep> {
  if (foldUserName(input.name) !== user.name_key) {
    const params = { name: user.name };
    throw new MailError('invalid', 'another name', { field: 'name', reason: 'invite-name', params });
  }
  const { secondFactor } = await readPolicy(server.db.read, user.id);
  await checkNewPassword(server, input.password, {
    names: [user.name, user.display_name ?? ''],
    factor: secondFactor === 'required',
  });
  const password = await server.passwords.hash(input.password, { from: groupAddress(address) });
  const made = await server.db.write(async (tx) => {
    const at = server.clock.now();
    const invite = await useInvite(tx, hashSecretCode(input.invite ?? ''), at);
    const current = await findUser(tx, user.id);
    const mayCome = current !== undefined && current.disabled === 0 && current.invited === 1;
    if (invite?.user !== user.id || !mayCome) throw refuseInvite();
    await setUserFields(tx, user.id, { password, password_at: at, invited: 0 });
    await appendAudit(tx, { at, actor: user.id, action: 'user.enter', subject: user.id, detail: {} });
    return { ...current, password, invited: 0 };
  });
  server.hints.give('change');
  server.log.info('user.entered', { user: user.id });
  const proven = { factorProven: false, password: input.password };
  return await completeSignIn(server, made, input, address, proven);
}

function refuseInvite(): MailError {
  return new MailError('invalid', 'invitation refused', { field: 'invite', reason: 'invite' });
}
