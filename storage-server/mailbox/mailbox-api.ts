import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { Mailbox } from '../../common/shapes/mailbox.ts';
import type { BulkChange } from '../../common/shapes/selection.ts';
import { trpc } from '../trpc.ts';
import { type EmptiedMailbox, emptyMailbox, removeMailbox } from './change-mailboxes.ts';

export const mailboxRouter = trpc.router({
  /**
   * `modseq`: every change up to this one is in it. `revision`: of the profile, for whoever changed a mailbox there a moment
   * ago, before the news of it may have come here.
   */
  list: trpc.user
    .input(z.object({ revision: z.int().nonnegative() }).optional())
    .query(async ({ ctx, input }): Promise<{ modseq: number; mailboxes: Mailbox[] }> => ({
      modseq: await ctx.mails.readModseq(ctx.caller.user),
      mailboxes: await ctx.mailboxes.list(ctx.caller.user, input?.revision),
    })),
  /** Its mails go to Trash; whoever asked then drops the definitions that the answer names, in their order. */
  remove: trpc.user
    .input(z.object({ id, withChildren: z.boolean().default(false) }))
    .mutation(
      async ({ ctx, input }): Promise<EmptiedMailbox> => await removeMailbox(ctx, ctx.caller.user, input),
    ),
  /** Trash or Junk (role, id or path), for ever. */
  empty: trpc.user
    .input(z.object({ mailbox: z.string().min(1).max(1000) }))
    .mutation(
      async ({ ctx, input }): Promise<BulkChange> => await emptyMailbox(ctx, ctx.caller.user, input.mailbox),
    ),
});
