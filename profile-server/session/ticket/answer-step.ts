import { MailError } from '../../../common/errors.ts';
import type { SignInStep } from '../../../common/shapes/session.ts';
import type { ProfileContext } from '../../context.ts';
import { makeSecretToken } from '../../secret-token.ts';
import { setDemandedPassword } from '../../password/change-password.ts';
import { limitTries, nameTries } from '../../password/tries/limit-tries.ts';
import { groupAddress } from '../../password/tries/try-limit.ts';
import { keepFirstFactor } from '../../second-factor/keep-factor.ts';
import { usePasskeyAnswer } from '../../second-factor/passkey/check-passkey.ts';
import { askPasskey, demandPasskeyPlace } from '../../second-factor/passkey/passkey-rule.ts';
import type { PasskeyRecord } from '../../second-factor/passkey/passkey-store.ts';
import { proveFactor } from '../../second-factor/prove-factor.ts';
import type { UserRecord } from '../../user/user-store.ts';
import { completeSignIn, type Proven, type SignedIn } from '../sign-in/complete-sign-in.ts';
import type { Keeping } from '../open-session.ts';
import { demandActive } from '../sign-in/prove-user.ts';
import type { AnswerInput } from './step-shapes.ts';
import type { AskedPasskey } from '../../../common/shapes/factor.ts';
import { makeTicket, openTicket, spendTicket, type TicketState } from './ticket.ts';

const STEPS = ['second-factor', 'change-password', 'set-up-factor', 'passkey'] as const;

/** A question for any passkey of this server, which will say itself whose it is. MailError `forbidden` (`passkey-host`). */
export function askAnyPasskey(server: ProfileContext, keeping: Keeping): AskedPasskey {
  const { rpId } = demandPasskeyPlace(server.settings.publicUrl);
  const challenge = makeSecretToken(server.random);
  const proven: Proven = { factorProven: true, password: null };
  const state: TicketState = { purpose: 'passkey', user: null, keeping, proven, challenge, secret: null };
  return { ticket: makeTicket(server, state, null), options: askPasskey(rpId, challenge, null) };
}

/**
 * Takes what a step asked for: a session, or the next step. MailErrors `sign-in-failed` (`second-factor`, `passkey`,
 * `passkey-copied`, `passkey-directory`, `ticket`), `too-many-tries`, and those of `setDemandedPassword`.
 */
export async function answerStep(
  server: ProfileContext,
  input: AnswerInput,
  address: string,
): Promise<SignedIn | SignInStep> {
  const { state, user } = await openTicket(server, input.ticket, STEPS);
  const done = await takeAnswer(server, { state, user, input, address });
  // What was proven counts for the password as it was, unless this very step has changed it.
  if (state.purpose !== 'change-password') await openTicket(server, input.ticket, STEPS);
  const current = await demandActive(server, done.user);
  const completed = await completeSignIn(server, current, state.keeping, address, done.proven);
  if ('step' in completed || done.recovery === undefined) return completed;
  return { ...completed, answer: { ...completed.answer, recovery: done.recovery } };
}

/**
 * Whose passkey answers the question of `askAnyPasskey`, for somebody else than who asked: nothing that it computes goes
 * there. MailErrors `sign-in-failed` (`passkey`, `passkey-copied`, `passkey-directory`, `ticket`), `too-many-tries`.
 */
export async function proveOwner(
  server: ProfileContext,
  input: Pick<AnswerInput, 'ticket' | 'passkey'>,
  address: string,
): Promise<string> {
  const { state, user } = await openTicket(server, input.ticket, ['passkey']);
  const passkey = await proveByPasskey(server, { state, user, input, address });
  await server.db.write(async (tx) => await spendTicket(server, tx, input.ticket));
  return passkey.user;
}

interface Answering {
  state: TicketState;
  user: UserRecord | null;
  input: AnswerInput;
  address: string;
}

interface Answered {
  user: string;
  proven: Proven;
  recovery?: string[];
}

async function takeAnswer(server: ProfileContext, answering: Answering): Promise<Answered> {
  const { state, user, input, address } = answering;
  const spend = async (): Promise<void> =>
    await server.db.write(async (tx) => await spendTicket(server, tx, input.ticket));
  if (user === null) {
    const passkey = await proveByPasskey(server, answering);
    await spend();
    const secret = input.passkey?.prf;
    const opens = secret === undefined ? {} : { passkey: { passkey: passkey.id, secret } };
    return { user: passkey.user, proven: { ...state.proven, ...opens } };
  }
  const proven = { ...state.proven, factorProven: true };
  if (state.purpose === 'second-factor') {
    const { totp, recovery } = input;
    const passkey =
      input.passkey === undefined ? undefined : { answer: input.passkey, challenge: state.challenge ?? '' };
    const from = { address, client: state.keeping.client ?? null };
    await proveFactor(server, user.id, { totp, recovery, passkey }, from);
    await spend();
    return { user: user.id, proven };
  }
  if (state.purpose === 'set-up-factor') {
    return { user: user.id, proven, recovery: await keepFirstFactor(server, user, state, input) };
  }
  const chosen = input.newPassword;
  if (chosen === undefined) throw new MailError('invalid', 'no password', { field: 'newPassword' });
  const old = state.proven.password;
  await setDemandedPassword(
    server,
    user,
    { old, new: chosen },
    async (tx) => await spendTicket(server, tx, input.ticket),
  );
  return { user: user.id, proven: { ...state.proven, password: chosen } };
}

/**
 * The passkey, which says whose it is. Wrong ones are counted for the address alone: there is no name to count for. Who is
 * kept by the organisation's directory signs in there, and with the passkey after that: else whom it has let go could go on.
 */
async function proveByPasskey(
  server: ProfileContext,
  { state, input, address }: Answering,
): Promise<PasskeyRecord> {
  const who = nameTries(server, ['passkey', groupAddress(address)]);
  const refuse = (): MailError =>
    new MailError('sign-in-failed', 'the passkey proves nothing', { reason: 'passkey' });
  const prove = async (): Promise<PasskeyRecord | null> => {
    if (input.passkey === undefined) return null;
    const { challenge } = state;
    const given = { answer: input.passkey, challenge: challenge ?? '', alone: true, verified: true };
    return await usePasskeyAnswer(server, given);
  };
  const passkey = await limitTries(server, who, prove, { lookedAt: Number.MAX_SAFE_INTEGER, refuse });
  if ((await demandActive(server, passkey.user)).source === 'local') return passkey;
  throw new MailError('sign-in-failed', 'the directory has to say so first', { reason: 'passkey-directory' });
}
