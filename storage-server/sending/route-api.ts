import { z } from 'zod';
import { RECIPIENT_LIMIT } from '../../common/shapes/draft.ts';
import type { RouteCheck, RouteExplanation } from '../../common/shapes/route.ts';
import { trpc } from '../trpc.ts';
import { askRoute } from './check-route.ts';

const mailAddress = z.string().trim().min(3).max(320);

export const routeRouter = trpc.router({
  /** The way a mail would take, asked of the relay; nothing is sent. */
  explain: trpc.user
    .input(z.object({ from: mailAddress, to: mailAddress }))
    .query(
      async ({ ctx, input }): Promise<RouteExplanation> =>
        await ctx.relays.explainRoute(ctx.caller.user, input.from, input.to),
    ),
  /** What is known to be wrong with a mail that is being written; empty also when no relay answers in time. */
  check: trpc.user
    .input(z.object({ from: mailAddress, to: z.array(z.string().max(1000)).max(RECIPIENT_LIMIT) }))
    .query(
      async ({ ctx, input }): Promise<RouteCheck> =>
        await askRoute(ctx, ctx.caller.user, input.from, input.to),
    ),
});
