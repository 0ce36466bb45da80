import type { Mailbox } from '../../common/shapes/mailbox.ts';
import { t } from '../trpc.ts';

export const mailboxRouter = t.router({
  list: t.user.query(async ({ ctx }): Promise<{ mailboxes: Mailbox[] }> => ({
    mailboxes: await ctx.mailboxes.list(ctx.caller.user),
  })),
});
