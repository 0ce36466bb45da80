import { z } from 'zod';
import { id } from '../../../common/shapes/ids.ts';
import { trpc } from '../../trpc.ts';
import { MAX_MESSAGE_SIZE, MAX_RECIPIENTS } from '../largest.ts';

const limits = z.object({
  user: id,
  perHour: z.number().int().min(1).max(1e9).nullable(),
  recipients: z.number().int().min(1).max(MAX_RECIPIENTS).nullable(),
  size: z.number().int().min(1024).max(MAX_MESSAGE_SIZE).nullable(),
});

/** What single users may submit, instead of what the setting says; for administrators. */
export const limitRouter = trpc.router({
  list: trpc.admin.query(async ({ ctx }) => await ctx.relay.limits.list()),
  set: trpc.admin.input(limits).mutation(async ({ ctx, input: { user, ...own } }) => {
    await ctx.relay.limits.set(user, own);
    return { user, ...own };
  }),
});
