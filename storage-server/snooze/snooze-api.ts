import { z } from 'zod';
import { ids } from '../../common/shapes/ids.ts';
import { selection } from '../../common/shapes/selection.ts';
import type { Snooze } from '../../common/shapes/snooze.ts';
import { trpc } from '../trpc.ts';

export const snoozeRouter = trpc.router({
  set: trpc.user
    .input(z.object({ selection, at: z.iso.datetime({ offset: true }) }))
    .mutation(async ({ ctx, input }): Promise<{ snoozed: Snooze[] }> => {
      return { snoozed: await ctx.snoozes.set(ctx.caller.user, input.selection, input.at) };
    }),
  list: trpc.user.query(async ({ ctx }): Promise<{ snoozed: Snooze[] }> => {
    return { snoozed: await ctx.snoozes.list(ctx.caller.user) };
  }),
  end: trpc.user.input(z.object({ ids })).mutation(async ({ ctx, input }): Promise<{ ended: number }> => {
    return { ended: await ctx.snoozes.end(ctx.caller.user, input.ids) };
  }),
});
