import { z } from 'zod';
import { accountSecrets, accountSettings, type AccountTest } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { testNewAccount, testStoredAccount } from './test-account.ts';

const input = z.union([
  z.object({ account: id }),
  z.object({ settings: accountSettings, secrets: accountSecrets }),
]);

export const accountRouter = trpc.router({
  /** Signs in to the maildrop and, if it has one, to the smarthost; retrieves and sends nothing. What fails is in the answer. */
  test: trpc.user.input(input).mutation(async ({ ctx, input }): Promise<AccountTest> => {
    const { user } = ctx.caller;
    return await ctx.retrieval.testLimit.run(user, async () =>
      'account' in input
        ? await testStoredAccount(ctx, user, input.account)
        : await testNewAccount(ctx, user, input.settings, input.secrets),
    );
  }),
});
