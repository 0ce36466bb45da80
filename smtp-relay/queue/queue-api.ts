import { z } from 'zod';
import { trpc } from '../trpc.ts';
import { queueControl } from './control/control-api.ts';

const list = trpc.user
  .input(
    z.object({
      limit: z.number().int().min(1).max(500).default(50),
      after: z
        .string()
        .max(100)
        .regex(/^[a-z0-9_.-]+$/i)
        .optional(),
    }),
  )
  .query(
    async ({ ctx, input }) =>
      await ctx.relay.listQueue({
        user: ctx.caller.admin ? null : ctx.caller.user,
        limit: input.limit,
        after: input.after ?? null,
      }),
  );

/** What waits here, and what may be done to it: a user sees his own mails, an admin everybody's. */
export const queueRouter = trpc.router({ list, ...queueControl });
