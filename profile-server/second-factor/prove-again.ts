import { MailError } from '../../common/errors.ts';
import type { ProofInput } from '../../common/shapes/factor.ts';
import type { ProfileContext } from '../context.ts';
import { proveOwnPassword } from '../session/sign-in/prove-user.ts';
import { openTicket } from '../session/ticket/ticket.ts';
import { proveFactor } from './prove-factor.ts';

/**
 * Demands that it is still the user who is signed in, for what weakens security or lets another way in: the password, or a
 * factor given just now. MailErrors `sign-in-failed` or `too-many-tries`, and `invalid` (`proof`) where none is given.
 */
export async function proveAgain(
  server: ProfileContext,
  caller: { user: string; address: string },
  proof: ProofInput,
): Promise<void> {
  const { password, totp, recovery } = proof;
  if (password !== undefined) {
    await proveOwnPassword(server, caller.user, password);
    return;
  }
  const passkey = proof.passkey === undefined ? undefined : await readPasskeyProof(server, proof.passkey);
  if (totp === undefined && recovery === undefined && passkey === undefined) {
    throw new MailError('invalid', 'no proof', { field: 'proof', reason: 'proof' });
  }
  const from = { address: caller.address, client: null };
  await proveFactor(server, caller.user, { totp, recovery, passkey }, from);
}

async function readPasskeyProof(server: ProfileContext, given: NonNullable<ProofInput['passkey']>) {
  const { state } = await openTicket(server, given.ticket, ['passkey']);
  return { answer: given.answer, challenge: state.challenge ?? '' };
}
