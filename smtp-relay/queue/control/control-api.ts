import { z } from 'zod';
import { id } from '../../../common/shapes/ids.ts';
import { trpc } from '../../trpc.ts';
import type { ControlAction } from './decide.ts';

/** Of one call; a mail may have many recipients. */
const MOST_IDS = 500;

const target = {
  all: z.literal(true).optional(),
  destination: z.string().min(1).max(255).optional(),
  account: id.optional(),
};

const show = trpc.user
  .input(z.object({ id }))
  .query(async ({ ctx, input }) => await ctx.relay.control.show(input.id, ctx.caller));

function change(action: ControlAction) {
  return trpc.user
    .input(z.object({ ids: z.array(id).min(1).max(MOST_IDS) }))
    .mutation(async ({ ctx, input }) => await ctx.relay.control.change(action, input.ids, ctx.caller));
}

/** Beside `queue.list`: users their own mails, administrators all. */
export const queueControl = {
  show,
  hold: change('hold'),
  release: change('release'),
  retry: change('retry'),
  cancel: change('cancel'),
};

/** What is stopped as a whole; for administrators. */
export const controlRouter = trpc.router({
  status: trpc.admin.query(async ({ ctx }) => await ctx.relay.control.readStatus()),
  pause: trpc.admin
    .input(z.object({ ...target, reason: z.string().trim().max(500) }))
    .mutation(async ({ ctx, input: { reason, ...what } }) => {
      return await ctx.relay.control.pause(what, reason, ctx.caller.user);
    }),
  resume: trpc.admin.input(z.object(target)).mutation(async ({ ctx, input }) => {
    return await ctx.relay.control.resume(input, ctx.caller.user);
  }),
});
