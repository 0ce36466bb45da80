import { z } from 'zod';
import { accountSecrets, accountSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { addAccount, editAccount, removeAccount } from './change-account.ts';
import { getAccount, listAccounts } from './read-account.ts';

export const accountRouter = trpc.router({
  add: trpc.user
    .input(z.object({ settings: accountSettings, secrets: accountSecrets }))
    .mutation(async ({ ctx: { server, caller }, input }) => await addAccount(server, caller, input)),
  edit: trpc.user
    .input(
      z.object({
        id,
        base: z.number().int().min(0).nullable(),
        settings: accountSettings,
        secrets: accountSecrets.optional(),
      }),
    )
    .mutation(
      async ({ ctx: { server, caller }, input }) =>
        await editAccount(server, caller, { ...input, secrets: input.secrets ?? {} }),
    ),
  remove: trpc.user
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }) => await removeAccount(server, caller, input.id)),
  list: trpc.user.query(async ({ ctx: { server, caller } }) => ({
    accounts: await listAccounts(server, caller.user),
  })),
  get: trpc.user
    .input(z.object({ id }))
    .query(async ({ ctx: { server, caller }, input }) => await getAccount(server, caller.user, input.id)),
});
