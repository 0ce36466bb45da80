import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { accountSecrets, accountSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { addAccount, editAccount, removeAccount } from './change/change-account.ts';
import { findAccounts } from './find-accounts.ts';
import { pauseAccount } from './change/pause-account.ts';
import { getAccount, listAccounts } from './read-account.ts';
import { readTimeline } from './timeline.ts';

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
        /** Of `retention.preview`: needed where the new contract deletes more than the one before. */
        confirmation: z.string().max(4000).nullish(),
      }),
    )
    .mutation(
      async ({ ctx: { server, caller }, input }) =>
        await editAccount(server, caller, {
          ...input,
          secrets: input.secrets ?? {},
          confirmation: input.confirmation ?? null,
        }),
    ),
  /** Of all users, by id or address. */
  find: trpc.admin
    .input(z.object({ account: z.string().min(1).max(320) }))
    .query(async ({ ctx: { server }, input }) => ({
      accounts: await findAccounts(server.db.read, input.account),
    })),
  remove: trpc.user
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }) => await removeAccount(server, caller, input.id)),
  pause: trpc.user
    .input(z.object({ id, paused: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input }) => await pauseAccount(server, caller, input)),
  timeline: trpc.user
    .input(
      z.object({
        id,
        before: z
          .string()
          .regex(/^\d{1,15}$/)
          .nullable(),
        limit: z.number().int().min(1).max(100).default(50),
        /** Of another user: for admins. */
        user: id.optional(),
      }),
    )
    .query(async ({ ctx: { server, caller }, input }) => {
      const { user = caller.user, ...which } = input;
      if (user !== caller.user && !caller.admin) {
        throw new MailError('forbidden', 'only admins may do this', { reason: 'admins-only' });
      }
      return await readTimeline(server, { ...which, user });
    }),
  list: trpc.user.query(async ({ ctx: { server, caller } }) => ({
    accounts: await listAccounts(server, caller.user),
  })),
  get: trpc.user
    .input(z.object({ id }))
    .query(
      async ({ ctx: { server, caller }, input }) =>
        await getAccount(server, server.db.read, caller.user, input.id),
    ),
});
