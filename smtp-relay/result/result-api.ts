import { z } from 'zod';
import { trpc } from '../trpc.ts';

const claim = trpc.storage
  .input(z.object({ ack: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER), wait: z.boolean() }))
  .mutation(async ({ ctx, input, signal }) => ({
    outbox: ctx.relay.outbox,
    results: await ctx.relay.claimResults({ home: ctx.caller.part, ...input, signal }),
  }));

/**
 * Results of the users whose home the caller is; `ack` says up to which seq they are durable there. Relays that share a
 * queue answer with the same `outbox`: its numbers are theirs together.
 */
export const resultRouter = trpc.router({ claim });
