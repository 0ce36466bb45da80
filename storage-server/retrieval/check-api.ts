import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { CheckedAccount } from '../../common/shapes/mail.ts';
import { trpc } from '../trpc.ts';
import { checkAccounts } from './check.ts';

export const checkRouter = trpc.router({
  /** Polls now; answers when everything new is durable and listed. An account that fails says so in its own line. */
  run: trpc.user
    .input(z.object({ account: id.nullish() }).optional())
    .mutation(async ({ ctx, input }): Promise<{ accounts: CheckedAccount[] }> => {
      const { runs } = ctx.retrieval;
      const core = { home: ctx.home, profile: ctx.profile, runs };
      return { accounts: await checkAccounts(core, ctx.caller.user, input?.account ?? null) };
    }),
});
