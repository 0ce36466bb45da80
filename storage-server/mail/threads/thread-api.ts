import { z } from 'zod';
import { id } from '../../../common/shapes/ids.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import { trpc } from '../../trpc.ts';

export const threadRouter = trpc.router({
  /** By the id of a conversation or of one of its mails; out of all mailboxes, the oldest first. */
  show: trpc.user.input(z.object({ id })).query(async ({ ctx, input }): Promise<{ mails: MailRow[] }> => ({
    mails: await ctx.mails.showThread(ctx.caller.user, input.id),
  })),
});
