import { tracked } from '@trpc/server';
import { z } from 'zod';
import { trpc } from '../trpc.ts';
import { watchUser } from './watch.ts';

export const eventRouter = trpc.router({
  /**
   * StoreEvents as they happen. The id of each is the user's modseq; the first event after (re)connecting says what it
   * is now, so a client that kept its own modseq asks `mail.changes` and has missed nothing.
   */
  watch: trpc.user
    .input(z.object({ lastEventId: z.string().max(20).nullish() }).optional())
    .subscription(async function* ({ ctx, signal }) {
      for await (const { modseq, event } of watchUser(ctx, ctx.caller.user, signal)) {
        yield tracked(String(modseq), event);
      }
    }),
});
