import { z } from 'zod';
import type { RouteExplanation } from '../../common/shapes/route.ts';
import { t } from '../trpc.ts';

const mailAddress = z.string().trim().min(3).max(320);

export const routeRouter = t.router({
  /** The way a mail would take, asked of the relay; nothing is sent. */
  explain: t.user
    .input(z.object({ from: mailAddress, to: mailAddress }))
    .query(
      async ({ ctx, input }): Promise<RouteExplanation> =>
        await ctx.relays.explainRoute(ctx.caller.user, input.from, input.to),
    ),
});
