import { z } from 'zod';
import { passkeyAnswer } from '../../../common/shapes/passkey.ts';
import type { ProfileContext } from '../../context.ts';
import { TICKET_LIFE } from '../../directory/oidc/pending.ts';
import { leaveTicket, PROVEN } from '../../directory/oidc/ticket-store.ts';
import { refuseTwo } from '../../directory/oidc/tickets.ts';
import { proveOwner } from '../ticket/answer-step.ts';
import { ticketText } from '../ticket/step-shapes.ts';
import { demandActive } from '../sign-in/prove-user.ts';

/** SHA-256 of the secret of a program that waits: see `hashTicket`. */
export const PROGRAM = /^[\w-]{43}$/;

export const letInInput = z.object({
  /** Of `session.passkeyOptions`. */
  ticket: ticketText,
  passkey: passkeyAnswer,
  program: z.string().regex(PROGRAM),
});
type LetInInput = z.infer<typeof letInInput>;

/**
 * Signs a program in as the owner of a passkey, which only the system's browser could ask for: a program's own page has no
 * domain that a passkey could belong to. The program waits as it does for single sign-on. MailErrors as of `proveOwner`,
 * and `conflict` (`program-two`).
 */
export async function letProgramIn(
  server: ProfileContext,
  input: LetInInput,
  address: string,
): Promise<void> {
  const owner = await demandActive(server, await proveOwner(server, input, address));
  const left = await server.db.write(async (tx) => {
    const now = server.clock.now();
    const proven = { user: owner.id, factor_proven: PROVEN.here, expires_at: now + TICKET_LIFE };
    return await leaveTicket(tx, { ticket_hash: input.program, ...proven }, now);
  });
  if (!left) throw refuseTwo();
  server.hints.give(`oidc:${input.program}`);
}
