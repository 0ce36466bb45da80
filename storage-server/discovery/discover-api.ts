import { z } from 'zod';
import { accountSettings } from '../../common/shapes/account.ts';
import type { Discovery } from '../../common/shapes/discovery.ts';
import { trpc } from '../trpc.ts';

export const discoverRouter = trpc.router({
  /** Settings for an e-mail address, best first; nothing secret is asked for, sent or stored. */
  find: trpc.user
    .input(z.object({ email: accountSettings.shape.email }))
    .mutation(
      async ({ ctx, input }): Promise<Discovery> => await ctx.discovery.find(ctx.caller.user, input.email),
    ),
});
