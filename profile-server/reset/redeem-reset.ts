import { MailError } from '../../common/errors.ts';
import type { SignInStep } from '../../common/shapes/session.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { endAppPasswords } from '../app-password/end-app-passwords.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { listIdentities, removeIdentity } from '../directory/identity-store.ts';
import { checkNewPassword } from '../password/choice/check-new-password.ts';
import { limitTries, nameTries } from '../password/tries/limit-tries.ts';
import { groupAddress } from '../password/tries/try-limit.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { hashSecretCode } from '../secret-code.ts';
import { hasFactor, readFactors, removeFactorsOf } from '../second-factor/factors.ts';
import { completeSignIn, type SignedIn } from '../session/sign-in/complete-sign-in.ts';
import { endSessionsOf, tellRevocation } from '../session/end-session.ts';
import { writeNote } from '../session/note/security-notes.ts';
import type { Keeping } from '../session/open-session.ts';
import { demandActive } from '../session/sign-in/prove-user.ts';
import { removeInitialPassword } from '../user/provision/initial-password-store.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUserByName, setUserFields, type UserRecord } from '../user/user-store.ts';
import { dropSealed } from '../vault/personal/drop-sealed.ts';
import { endResetsOf, findPendingReset, moveReset, type ResetRecord } from './reset-store.ts';

export interface RedeemInput extends Keeping {
  name: string;
  code: string;
  newPassword: string;
}

/**
 * A new password by the code of a reset, and then a session or what signing in still asks for. All sessions and app passwords
 * end, and passwords of accounts that only the old password could open are emptied. MailErrors `sign-in-failed`
 * (`reset-code`), `too-many-tries`; `invalid` for the new password, with which the code stays good.
 */
export async function redeemReset(
  server: ProfileContext,
  input: RedeemInput,
  address: string,
): Promise<SignedIn | SignInStep> {
  const { user, reset } = await proveCode(server, input, address);
  const keepsFactors = reset.also_factors === 0 && hasFactor(await readFactors(server.db.read, user.id));
  const { secondFactor } = await readPolicy(server.db.read, user.id);
  await checkNewPassword(server, input.newPassword, {
    names: [user.name, user.display_name ?? ''],
    factor: keepsFactors || secondFactor === 'required',
  });
  const password = await server.passwords.hash(input.newPassword, { from: groupAddress(address) });
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await moveReset(tx, reset.id, 'open', { state: 'used' }))) throw refuse();
    // Of two that admins made at the same moment the other one would count next.
    await endResetsOf(tx, user.id);
    await setUserFields(tx, user.id, { password, password_at: at, must_change: 0 });
    await removeInitialPassword(tx, user.id);
    await endSessionsOf(tx, server, user.id, null);
    await endAppPasswords(tx, server, user.id);
    await dropSealed(server, tx, user.id);
    if (reset.also_factors === 1 && (await removeOtherWays(tx, user))) {
      await writeNote(tx, server, { user: user.id, what: 'factors-removed', by: reset.made_by });
    }
    await writeNote(tx, server, { user: user.id, what: 'reset-used', by: null, detail: { address } });
    const detail = { how: reset.how };
    await appendAudit(tx, { at, actor: user.id, action: 'user.use-reset', subject: user.id, detail });
  });
  tellRevocation(server, user.id);
  const fresh = await demandActive(server, user.id);
  const proven = { factorProven: false, password: input.newPassword };
  return await completeSignIn(server, fresh, input, address, proven);
}

/** All but the new password: factors, and persons of providers that the user, or somebody at his open session, has linked. */
async function removeOtherWays(tx: Writer, { id, external_id }: UserRecord): Promise<boolean> {
  const factors = await removeFactorsOf(tx, id);
  const links = (await listIdentities(tx, id)).filter((one) => one.identity_key !== external_id);
  for (const link of links) await removeIdentity(tx, id, link.id);
  return factors || links.length > 0;
}

/** Wrong codes are counted as wrong passwords are, apart from them. */
async function proveCode(
  server: ProfileContext,
  input: RedeemInput,
  address: string,
): Promise<{ user: UserRecord; reset: ResetRecord }> {
  const key = foldUserName(input.name);
  const who = nameTries(server, ['reset', key, groupAddress(address)]);
  try {
    return await limitTries(server, who, async () => {
      const user = await findUserByName(server.db.read, key);
      if (user === undefined || user.disabled === 1) return null;
      const reset = await findPendingReset(server.db.read, user.id, server.clock.now());
      const right = reset?.state === 'open' && reset.code_hash === hashSecretCode(input.code);
      return right ? { user, reset } : null;
    });
  } catch (error) {
    if (error instanceof MailError && error.code === 'sign-in-failed') throw refuse();
    throw error;
  }
}

function refuse(): MailError {
  return new MailError('sign-in-failed', 'code refused', { reason: 'reset-code', field: 'code' });
}
