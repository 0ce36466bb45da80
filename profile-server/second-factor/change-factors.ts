import { MailError } from '../../common/errors.ts';
import type { BegunPasskey, BegunTotp, ProofInput } from '../../common/shapes/factor.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { makeSecretToken } from '../secret-token.ts';
import { checkNewPassword } from '../password/choice/check-new-password.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import { findSession } from '../session/session-store.ts';
import { makeTicket, openTicket, type TicketState } from '../session/ticket/ticket.ts';
import { findUser, lockUser, type UserRecord } from '../user/user-store.ts';
import { removePasskeyWrap } from '../vault/personal/passkey/wrap-store.ts';
import { hasFactor, readFactors } from './factors.ts';
import { keepNewFactor, noteFactor, type NewFactor } from './keep-factor.ts';
import { askNewPasskey, demandPasskeyPlace } from './passkey/passkey-rule.ts';
import { deletePasskey, listPasskeysOf } from './passkey/passkey-store.ts';
import { proveAgain } from './prove-again.ts';
import { renewRecoveryCodes } from './recovery/recovery.ts';
import { removeRecoveryCodesOf } from './recovery/recovery-store.ts';
import { describeTotp, makeTotpSecret } from './totp/totp-rule.ts';
import { removeTotpOf } from './totp/totp-store.ts';

interface Caller {
  user: string;
  session: string;
  address: string;
}

/** Of an app in place of the one that is there, if any; that one stays good until the new one's first code. */
export async function beginTotp(
  server: ProfileContext,
  caller: Caller,
  proof: ProofInput,
): Promise<BegunTotp> {
  await proveAgain(server, caller, proof);
  const user = await demandUser(server, caller.user);
  const secret = makeTotpSecret(server.random);
  const ticket = makeTicket(server, { ...stateOf(user, 'add-totp'), secret }, user);
  const issuer = new URL(server.settings.publicUrl).host;
  return { ticket, ...describeTotp(secret, { user: user.name, issuer }) };
}

/** MailError `forbidden` (`passkey-host`) where browsers make none for this server's address. */
export async function beginPasskey(
  server: ProfileContext,
  caller: Caller,
  proof: ProofInput,
): Promise<BegunPasskey> {
  const { rpId } = demandPasskeyPlace(server.settings.publicUrl);
  await proveAgain(server, caller, proof);
  const user = await demandUser(server, caller.user);
  const challenge = makeSecretToken(server.random);
  const others = await listPasskeysOf(server.db.read, user.id);
  const named = { id: user.id, name: user.name, displayName: user.display_name ?? user.name };
  const ticket = makeTicket(server, { ...stateOf(user, 'add-passkey'), challenge }, user);
  return { ticket, options: askNewPasskey(rpId, challenge, named, others) };
}

/** Recovery codes with the first factor, else null; MailErrors of `keepNewFactor`. */
export async function addFactor(
  server: ProfileContext,
  caller: Caller,
  given: NewFactor,
): Promise<string[] | null> {
  const purpose = given.newPasskey === undefined ? 'add-totp' : 'add-passkey';
  const { state, user } = await openTicket(server, given.ticket, [purpose]);
  if (user?.id !== caller.user) {
    throw new MailError('sign-in-failed', 'the ticket is of another user', { reason: 'ticket' });
  }
  return await keepNewFactor(server, caller.user, state, given);
}

/**
 * Removes the app, or a passkey by its id; the recovery codes go with the last factor. MailErrors `not-found`, `forbidden`
 * (`factor-required`) for the last one under a policy, `invalid` (`password-short`) where the password, which has to be
 * given for the last one, is too short to stand alone.
 */
export async function removeFactor(
  server: ProfileContext,
  caller: Caller,
  which: 'totp' | { passkey: string },
  proof: ProofInput,
): Promise<void> {
  const { isLast } = await demandRemovable(server, caller, which, proof);
  await server.db.write(async (tx) => {
    await lockUser(tx, caller.user);
    if (which === 'totp') {
      if (!(await removeTotpOf(tx, caller.user))) throw noFactor();
      await noteFactor(tx, server, caller.user, 'totp-removed');
    } else {
      const name = await removePasskey(tx, caller.user, which.passkey);
      await noteFactor(tx, server, caller.user, 'passkey-removed', name);
    }
    if (hasFactor(await readFactors(tx, caller.user))) return;
    // Two were removed at once: that of the last one was not judged as such.
    if (!isLast) throw new MailError('conflict', 'another factor was removed meanwhile');
    await removeRecoveryCodesOf(tx, caller.user);
  });
}

/** Ten others in place of those that are left. MailError `not-found` for who has no factor they could stand for. */
export async function renewRecovery(
  server: ProfileContext,
  caller: Caller,
  proof: ProofInput,
): Promise<string[]> {
  await proveAgain(server, caller, proof);
  return await server.db.write(async (tx) => {
    if (!hasFactor(await readFactors(tx, caller.user))) throw noFactor();
    await noteFactor(tx, server, caller.user, 'recovery-renewed');
    return await renewRecoveryCodes(server, tx, caller.user);
  });
}

async function demandRemovable(
  server: ProfileContext,
  caller: Caller,
  which: 'totp' | { passkey: string },
  proof: ProofInput,
): Promise<{ isLast: boolean }> {
  const { totp, passkeys } = await readFactors(server.db.read, caller.user);
  const left =
    which === 'totp'
      ? passkeys.length
      : passkeys.filter(({ id }) => id !== which.passkey).length + (totp ? 1 : 0);
  if (left > 0) {
    await proveAgain(server, caller, proof);
    return { isLast: false };
  }
  const policy = await readPolicy(server.db.read, caller.user);
  const user = await demandUser(server, caller.user);
  const outer = (await findSession(server.db.read, caller.session))?.outer_factor === 1;
  // Whose provider asks for one needs none of ours.
  if (policy.secondFactor === 'required' && !(outer && user.source === 'oidc')) {
    throw new MailError('forbidden', 'a second factor is demanded', { reason: 'factor-required' });
  }
  if (user.source !== 'local') {
    await proveAgain(server, caller, proof);
    return { isLast: true };
  }
  const { password } = proof;
  if (password === undefined) {
    throw new MailError('invalid', 'the password is needed', { field: 'password', reason: 'last-factor' });
  }
  await proveOwnPassword(server, caller.user, password);
  await checkNewPassword(server, password, { names: [user.name, user.display_name ?? ''], factor: false });
  return { isLast: true };
}

async function removePasskey(tx: Writer, user: string, id: string): Promise<string> {
  const found = (await listPasskeysOf(tx, user)).find((passkey) => passkey.id === id);
  if (found === undefined || !(await deletePasskey(tx, user, id))) throw noFactor();
  await removePasskeyWrap(tx, user, id);
  return found.name;
}

async function demandUser(server: ProfileContext, id: string): Promise<UserRecord> {
  const user = await findUser(server.db.read, id);
  if (user === undefined) throw new MailError('not-signed-in', `no user ${id}`);
  return user;
}

function stateOf(user: UserRecord, purpose: TicketState['purpose']): TicketState {
  const proven = { factorProven: false, password: null };
  return { purpose, user: user.id, keeping: {}, proven, challenge: null, secret: null };
}

function noFactor(): MailError {
  return new MailError('not-found', 'no such factor', { reason: 'factor' });
}
