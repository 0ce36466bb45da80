import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { changeGroupName, dissolveGroup, makeGroup, setGroupAdmins } from './change-group.ts';
import { viewGroups, type GroupRow } from './list-groups.ts';

const name = z.string().max(500);

/** Groups of users, and who looks after them. A user is in one at most; they do not nest. */
export const groupRouter = trpc.router({
  list: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ groups: GroupRow[] }> => ({
    groups: await viewGroups(server, caller),
  })),
  add: trpc.admin
    .input(z.object({ name }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<{ group: { id: string; name: string } }> => {
        const group = await server.db.write(
          async (tx) => await makeGroup(server, tx, caller.user, input.name),
        );
        return { group: { id: group.id, name: group.name } };
      },
    ),
  rename: trpc.admin
    .input(z.object({ id, name }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await changeGroupName(server, caller.user, input.id, input.name);
      return {};
    }),
  remove: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ removed: string }> => {
      await dissolveGroup(server, caller.user, input.id);
      return { removed: input.id };
    }),
  setAdmins: trpc.admin
    .input(z.object({ id, users: z.array(id).max(100) }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await setGroupAdmins(server, caller.user, input.id, input.users);
      return {};
    }),
});
