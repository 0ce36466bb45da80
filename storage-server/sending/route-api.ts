import { z } from 'zod';
import type { RouteExplanation } from '../../common/shapes/route.ts';
import { trpc } from '../trpc.ts';

const mailAddress = z.string().trim().min(3).max(320);

export const routeRouter = trpc.router({
  /** The way a mail would take, asked of the relay; nothing is sent. */
  explain: trpc.user
    .input(z.object({ from: mailAddress, to: mailAddress }))
    .query(
      async ({ ctx, input }): Promise<RouteExplanation> =>
        await ctx.relays.explainRoute(ctx.caller.user, input.from, input.to),
    ),
});
