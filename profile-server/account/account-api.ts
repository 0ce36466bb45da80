import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { accountSecrets, accountSettings, type Account } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};

export const accountRouter = trpc.router({
  add: trpc.user
    .input(z.object({ settings: accountSettings, secrets: accountSecrets }))
    .mutation(async (): Promise<Account> => soon()),
  edit: trpc.user
    .input(
      z.object({
        id,
        base: z.number().int().min(0).nullable(),
        settings: accountSettings,
        secrets: accountSecrets.optional(),
      }),
    )
    .mutation(async (): Promise<Account> => soon()),
  remove: trpc.user.input(z.object({ id })).mutation(async (): Promise<{ removed: string }> => soon()),
  list: trpc.user.query(async (): Promise<{ accounts: Account[] }> => soon()),
  get: trpc.user.input(z.object({ id })).query(async (): Promise<Account> => soon()),
});
