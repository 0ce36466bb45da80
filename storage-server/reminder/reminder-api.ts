import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { Reminder } from '../../common/shapes/reminder.ts';
import { trpc } from '../trpc.ts';

export const remindRouter = trpc.router({
  set: trpc.user
    .input(z.object({ mail: id, at: z.iso.datetime({ offset: true }), unlessAnswered: z.boolean() }))
    .mutation(async ({ ctx, input }): Promise<{ reminder: Reminder }> => {
      return { reminder: await ctx.reminders.set(ctx.caller.user, input) };
    }),
  list: trpc.user.query(async ({ ctx }): Promise<{ reminders: Reminder[] }> => {
    return { reminders: await ctx.reminders.list(ctx.caller.user) };
  }),
  cancel: trpc.user
    .input(z.object({ mail: id }))
    .mutation(async ({ ctx, input }): Promise<{ removed: string }> => {
      await ctx.reminders.remove(ctx.caller.user, input.mail);
      return { removed: input.mail };
    }),
  done: trpc.user
    .input(z.object({ mail: id }))
    .mutation(async ({ ctx, input }): Promise<{ removed: string }> => {
      await ctx.reminders.remove(ctx.caller.user, input.mail);
      return { removed: input.mail };
    }),
});
