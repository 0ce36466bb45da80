import { z } from 'zod';
import type { Suppression } from '../../../common/shapes/suppression.ts';
import { trpc } from '../../trpc.ts';
import { listSuppressions, removeSuppressions } from './suppressions.ts';

/** Addresses that failed for good: mail to them fails at once, until the user takes them off the list. */
export const suppressionRouter = trpc.router({
  list: trpc.user
    .input(z.object({ limit: z.number().int().min(1).max(1000).default(1000) }).default({ limit: 1000 }))
    .query(
      async ({ ctx, input }): Promise<{ suppressions: Suppression[] }> =>
        await listSuppressions(ctx.relays, ctx.caller.user, input.limit),
    ),
  remove: trpc.user
    .input(z.object({ addresses: z.array(z.string().trim().min(3).max(320)).min(1).max(500) }))
    .mutation(
      async ({ ctx, input }): Promise<{ removed: number }> =>
        await removeSuppressions(ctx.relays, ctx.caller.user, input.addresses),
    ),
});
