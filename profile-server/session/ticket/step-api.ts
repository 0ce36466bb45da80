import { z } from 'zod';
import type { AskedPasskey } from '../../../common/shapes/factor.ts';
import type { SecurityNote } from '../../../common/shapes/security-note.ts';
import type { SignIn, SignInStep } from '../../../common/shapes/session.ts';
import { changePassword, type ChangedPassword } from '../../password/change-password.ts';
import { trpc } from '../../trpc.ts';
import { letInInput, letProgramIn } from '../program/let-program-in.ts';
import { answerSignedIn } from '../sign-in/answer-signed-in.ts';
import { readNotes } from '../note/security-notes.ts';
import { keeping } from '../session-shapes.ts';
import { answerStep, askAnyPasskey } from './answer-step.ts';
import { answerInput, changeInput } from './step-shapes.ts';

/** Of the session router: the steps of signing in, and what the user does for his own security. */
export const stepProcedures = {
  answer: trpc.open.input(answerInput).mutation(async ({ ctx, input }): Promise<SignIn | SignInStep> => {
    const completed = await answerStep(ctx.server, input, ctx.caller.address);
    return 'step' in completed ? completed : answerSignedIn(ctx, completed);
  }),
  passkeyOptions: trpc.open
    .input(z.object(keeping))
    .mutation(({ ctx: { server }, input }): AskedPasskey => askAnyPasskey(server, input)),
  /** By the system's browser, for the desktop program: see letProgramIn. */
  letProgramIn: trpc.open.input(letInInput).mutation(async ({ ctx, input }): Promise<{ done: true }> => {
    await letProgramIn(ctx.server, input, ctx.caller.address);
    return { done: true };
  }),
  changePassword: trpc.user
    .input(changeInput)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<ChangedPassword> =>
        await changePassword(server, caller, input),
    ),
  securityNotes: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ notes: SecurityNote[] }> => ({
    notes: await readNotes(server, caller.user),
  })),
};
