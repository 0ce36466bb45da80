import type { Mailbox } from '../../common/shapes/mailbox.ts';
import { trpc } from '../trpc.ts';

export const mailboxRouter = trpc.router({
  list: trpc.user.query(async ({ ctx }): Promise<{ mailboxes: Mailbox[] }> => ({
    mailboxes: await ctx.mailboxes.list(ctx.caller.user),
  })),
});
