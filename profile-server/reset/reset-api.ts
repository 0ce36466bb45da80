import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { SignIn, SignInStep } from '../../common/shapes/session.ts';
import { demandReach, isWithin } from '../group/reach.ts';
import { signInInput } from '../session/session-shapes.ts';
import { answerSignedIn } from '../session/sign-in/answer-signed-in.ts';
import { trpc } from '../trpc.ts';
import { secondAddressShape } from '../user/user-shapes.ts';
import { forgotPassword } from './forgot-password.ts';
import { listResets, type WaitingReset } from './list-resets.ts';
import { approveReset, endReset, makeReset } from './make-reset.ts';
import { redeemReset } from './redeem-reset.ts';
import {
  changeSecondAddress,
  proveSecondAddress,
  showSecondAddress,
  type SecondAddress,
} from './second-address.ts';

type Nothing = Record<string, never>;
const one = z.object({ id });
const password = signInInput.shape.password;

/** Part of `session`: for who cannot sign in. */
export const openResetRouter = trpc.router({
  redeem: trpc.open
    .input(signInInput.omit({ password: true }).extend({ code: z.string().max(200), newPassword: password }))
    .mutation(async ({ ctx, input }): Promise<SignIn | SignInStep> => {
      const completed = await redeemReset(ctx.server, input, ctx.caller.address);
      return 'step' in completed ? completed : answerSignedIn(ctx, completed);
    }),
  /** Answers the same whatever the name. */
  forgot: trpc.open
    .input(z.object({ name: signInInput.shape.name }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await forgotPassword(server, input.name, caller.address);
      return {};
    }),
  secondAddress: trpc.user.query(
    async ({ ctx: { server, caller } }): Promise<SecondAddress> =>
      await showSecondAddress(server, caller.user),
  ),
  changeSecondAddress: trpc.user
    .input(z.object({ address: secondAddressShape.nullable(), password }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await changeSecondAddress(server, caller.user, input),
    ),
  proveSecondAddress: trpc.user
    .input(z.object({ address: secondAddressShape, code: z.string().trim().min(1).max(40) }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<SecondAddress> =>
        await proveSecondAddress(server, caller.user, input),
    ),
});

/** Part of `user`: for admins. */
export const resetRouter = trpc.router({
  reset: trpc.user
    .input(z.object({ id, how: z.enum(['mail', 'hand']), alsoFactors: z.boolean().optional() }))
    .mutation(async ({ ctx: { server, caller }, input }) => await makeReset(server, caller, input)),
  /** `id` is the user's. */
  approveReset: trpc.user
    .input(one)
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await approveReset(server, caller, input.id);
      return {};
    }),
  endReset: trpc.user.input(one).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await endReset(server, caller, input.id);
    return {};
  }),
  /** Those that wait for a second admin. */
  resets: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ resets: WaitingReset[] }> => {
    const reach = await demandReach(server, caller);
    return { resets: await listResets(server, (group) => isWithin(reach, group)) };
  }),
});
