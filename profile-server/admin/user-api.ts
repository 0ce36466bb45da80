import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { disableUser, enableUser } from './disable-user.ts';

export const userRouter = trpc.router({
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
