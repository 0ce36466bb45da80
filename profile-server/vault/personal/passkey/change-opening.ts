import { MailError } from '../../../../common/errors.ts';
import type { AskedPasskey } from '../../../../common/shapes/factor.ts';
import type { PasskeyAnswer } from '../../../../common/shapes/passkey.ts';
import type { ProfileContext } from '../../../context.ts';
import { limitTries, nameTries } from '../../../password/tries/limit-tries.ts';
import { noteFactor } from '../../../second-factor/keep-factor.ts';
import { usePasskeyAnswer } from '../../../second-factor/passkey/check-passkey.ts';
import { askOpening, demandPasskeyPlace } from '../../../second-factor/passkey/passkey-rule.ts';
import { listPasskeysOf } from '../../../second-factor/passkey/passkey-store.ts';
import { makeSecretToken } from '../../../secret-token.ts';
import { proveOwnPassword } from '../../../session/sign-in/prove-user.ts';
import { makeTicket, openTicket } from '../../../session/ticket/ticket.ts';
import { findUser, lockUser } from '../../../user/user-store.ts';
import { openOrMakePersonalKey } from '../personal-key.ts';
import { findPersonalKey } from '../personal-key-store.ts';
import { listOpeningPasskeys, removePasskeyWrap, savePasskeyWrap } from './wrap-store.ts';
import { wrapByPasskey, type PasskeySecret } from './wrap-key.ts';

/** What a browser gave for `askOwnPasskey`. */
export interface OpeningAnswer {
  ticket: string;
  answer: PasskeyAnswer;
}

/**
 * A question for one passkey of the user's, or (null) for any that opens his accounts; null when there is none to ask.
 * MailError `forbidden` (`passkey-host`).
 */
export async function askOwnPasskey(
  server: ProfileContext,
  user: string,
  passkey: string | null,
): Promise<AskedPasskey | null> {
  const { rpId } = demandPasskeyPlace(server.settings.publicUrl);
  const opening = passkey === null ? await listOpeningPasskeys(server.db.read, user) : [passkey];
  const own = await listPasskeysOf(server.db.read, user);
  const keys = own.filter(({ id, suspect }) => suspect === 0 && opening.includes(id));
  const record = await findUser(server.db.read, user);
  if (keys.length === 0 || record === undefined) return null;
  const challenge = makeSecretToken(server.random);
  const proven = { factorProven: false, password: null };
  const state = { purpose: 'unlock' as const, user, keeping: {}, proven, challenge, secret: null };
  return { ticket: makeTicket(server, state, record), options: askOpening(rpId, challenge, keys) };
}

/**
 * The passkey of the user's that answered, and what it computed. MailErrors `sign-in-failed` (`passkey`, `ticket`),
 * `too-many-tries`, `invalid` (`passkey-computes-nothing`).
 */
export async function proveOwnPasskey(
  server: ProfileContext,
  user: string,
  given: OpeningAnswer,
): Promise<PasskeySecret> {
  const { state } = await openTicket(server, given.ticket, ['unlock']);
  const refuse = (): MailError =>
    new MailError('sign-in-failed', 'the passkey proves nothing', { reason: 'passkey' });
  if (state.user !== user) throw refuse();
  const prove = async (): Promise<string | null> => {
    const { answer } = given;
    const answered = { answer, challenge: state.challenge ?? '', alone: false, verified: true };
    const passkey = await usePasskeyAnswer(server, answered);
    return passkey?.user === user ? passkey.id : null;
  };
  const who = nameTries(server, ['own-passkey', user]);
  const passkey = await limitTries(server, who, prove, { lookedAt: Number.MAX_SAFE_INTEGER, refuse });
  const secret = given.answer.prf;
  if (secret === undefined) {
    throw new MailError('invalid', 'this passkey computes nothing', { reason: 'passkey-computes-nothing' });
  }
  return { passkey, secret };
}

/**
 * Lets a passkey open the accounts that only their user can, as his password does. That password is asked for: it opens
 * the key that is wrapped, or makes it. MailErrors of `proveOwnPasskey`, `proveOwnPassword` and `openOrMakePersonalKey`.
 */
export async function letPasskeyOpen(
  server: ProfileContext,
  user: string,
  given: OpeningAnswer & { password: string },
): Promise<void> {
  const by = await proveOwnPasskey(server, user, given);
  await proveOwnPassword(server, user, given.password);
  const open = await openOrMakePersonalKey(server, user, given.password);
  const wrapped = wrapByPasskey(server, user, by, open);
  await server.db.write(async (tx) => {
    await lockUser(tx, user);
    const passkey = (await listPasskeysOf(tx, user)).find(({ id }) => id === by.passkey);
    // Either went meanwhile, by a reset or from another window.
    if (passkey === undefined || (await findPersonalKey(tx, user))?.id !== open.id) throw noSuch();
    await savePasskeyWrap(tx, { passkey: by.passkey, user, wrapped, made_at: server.clock.now() });
    await noteFactor(tx, server, user, 'passkey-opens', passkey.name);
  });
}

/** From then on that passkey signs in and opens nothing. MailError `not-found`. */
export async function endOpening(server: ProfileContext, user: string, passkey: string): Promise<void> {
  await server.db.write(async (tx) => {
    if (!(await removePasskeyWrap(tx, user, passkey))) throw noSuch();
  });
}

function noSuch(): MailError {
  return new MailError('not-found', 'no such passkey', { reason: 'factor' });
}
