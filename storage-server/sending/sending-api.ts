import { z } from 'zod';
import { UNDO_SECONDS } from '../../common/shapes/draft.ts';
import { id } from '../../common/shapes/ids.ts';
import type { SendStatus, WaitingSend } from '../../common/shapes/status.ts';
import { trpc } from '../trpc.ts';

/** What a caller may say about when and how often; also the query of POST /send. */
export const sendOptions = z.object({
  undo: z.number().int().min(UNDO_SECONDS.min).max(UNDO_SECONDS.max),
  at: z.iso.datetime({ offset: true }).nullable(),
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .nullable(),
});

export const sendingRouter = trpc.router({
  send: trpc.user
    .input(sendOptions.extend({ draft: id }))
    .mutation(async ({ ctx, input }): Promise<SendStatus> => await ctx.sending.send(ctx.caller.user, input)),
  status: trpc.user
    .input(z.object({ id }))
    .query(
      async ({ ctx, input }): Promise<SendStatus> => await ctx.sending.readStatus(ctx.caller.user, input.id),
    ),
  waiting: trpc.user.query(async ({ ctx }): Promise<{ sends: WaitingSend[] }> => ({
    sends: await ctx.sending.listWaiting(ctx.caller.user),
  })),
  change: trpc.user
    .input(z.object({ id, at: z.union([z.literal('now'), z.iso.datetime({ offset: true })]) }))
    .mutation(
      async ({ ctx, input }): Promise<SendStatus> =>
        await ctx.sending.changeTime(ctx.caller.user, input.id, input.at),
    ),
  cancel: trpc.user
    .input(z.object({ id }))
    .mutation(
      async ({ ctx, input }): Promise<SendStatus> => await ctx.sending.cancel(ctx.caller.user, input.id),
    ),
});
