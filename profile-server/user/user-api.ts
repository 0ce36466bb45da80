import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { disableUser, enableUser } from './disable-user.ts';
import { findUsers } from './find-users.ts';

export const userRouter = trpc.router({
  /** By names or ids. */
  find: trpc.admin
    .input(z.object({ users: z.array(z.string().max(200)).max(1000) }))
    .query(async ({ ctx: { server }, input }) => ({ users: await findUsers(server.db.read, input.users) })),
  disable: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await disableUser(server, caller.user, input.id);
      return {};
    }),
  enable: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await enableUser(server, caller.user, input.id);
      return {};
    }),
});
