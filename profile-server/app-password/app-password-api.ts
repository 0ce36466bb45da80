import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import type { AppPassword, CheckedAppPassword, NewAppPassword } from './app-password-shapes.ts';
import { addAppPassword, listAppPasswords, removeAppPassword } from './app-passwords.ts';
import { checkAppPassword } from './check-app-password.ts';

const given = z.object({
  login: z.string().min(1).max(400),
  password: z.string().min(1).max(1000),
  /** Of the program that signs in, as the relay sees it. */
  address: z.string().max(100),
});

export const appPasswordRouter = trpc.router({
  add: trpc.user
    .input(z.object({ name: z.string().max(400) }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<NewAppPassword> =>
        await addAppPassword(server, caller.user, input),
    ),
  list: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ appPasswords: AppPassword[] }> => ({
    appPasswords: await listAppPasswords(server, caller.user),
  })),
  remove: trpc.user
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ removed: string }> => {
      await removeAppPassword(server, caller.user, input.id);
      return { removed: input.id };
    }),
  check: trpc.relay
    .input(given)
    .mutation(
      async ({ ctx: { server }, input }): Promise<CheckedAppPassword> =>
        await checkAppPassword(server, input),
    ),
});
