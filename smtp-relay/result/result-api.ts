import { z } from 'zod';
import { trpc } from '../trpc.ts';

const claim = trpc.storage
  .input(
    z.object({
      outbox: z.string().max(100).nullable(),
      ack: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
      wait: z.boolean(),
    }),
  )
  .mutation(async ({ ctx, input, signal }) => {
    const { outbox } = ctx.relay;
    // What was heard from another queue says nothing of this one's results.
    const ack = input.outbox === outbox ? input.ack : 0;
    const claim = { home: ctx.caller.part, ack, wait: input.wait, signal };
    return { outbox, results: await ctx.relay.claimResults(claim) };
  });

/**
 * Results of the users whose home the caller is; `ack` says up to which seq of `outbox` they are durable there; null
 * before the home has heard which one this relay has. Relays that share a queue answer with the same: its numbers are theirs
 * together.
 */
export const resultRouter = trpc.router({ claim });
