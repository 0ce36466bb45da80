import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { demandReach, isWithin } from '../group/reach.ts';
import { trpc } from '../trpc.ts';
import { addPreparedUser, inviteAgain } from './change/add-user.ts';
import { editUser, setAdmin, setGroup } from './change/change-user.ts';
import { disableUser, enableUser } from './change/disable-user.ts';
import { findUsers } from './find-users.ts';
import { listUsers } from './list-users.ts';
import { importUsers } from './provision/import-users.ts';
import { claimDepartures } from './removal/claim-departures.ts';
import { removeUser, restoreUser } from './removal/remove-user.ts';
import { showUser } from './show-user.ts';
import { addInput, editInput, importInput, listInput, type UserPage, type UserView } from './user-shapes.ts';
import { findUser } from './user-store.ts';

type Nothing = Record<string, never>;
const one = z.object({ id });

/**
 * Users as admins look after them; group admins within their groups. Each procedure asks for the caller's reach itself:
 * `demandReach`, `demandReachOf`, `demandPowerOver`.
 */
export const userRouter = trpc.router({
  /** By names or ids. */
  find: trpc.user
    .input(z.object({ users: z.array(z.string().max(200)).max(1000) }))
    .query(async ({ ctx: { server, caller }, input }) => {
      const reach = await demandReach(server, caller);
      const found = await findUsers(server.db.read, input.users);
      if (reach.all) return { users: found };
      const within = await Promise.all(
        found.map(async (user) =>
          isWithin(reach, (await findUser(server.db.read, user.id))?.group_id ?? null),
        ),
      );
      return { users: found.filter((_, index) => within[index]) };
    }),
  list: trpc.user
    .input(listInput)
    .query(
      async ({ ctx: { server, caller }, input }): Promise<UserPage> => await listUsers(server, caller, input),
    ),
  show: trpc.user
    .input(one)
    .query(
      async ({ ctx: { server, caller }, input }): Promise<UserView> =>
        await showUser(server, caller, input.id),
    ),
  add: trpc.user
    .input(addInput)
    .mutation(async ({ ctx: { server, caller }, input }) => await addPreparedUser(server, caller, input)),
  invite: trpc.user
    .input(one)
    .mutation(async ({ ctx: { server, caller }, input }) => await inviteAgain(server, caller, input.id)),
  /** Larger files by POST /user/import. */
  import: trpc.user
    .input(importInput)
    .mutation(async ({ ctx: { server, caller }, input }) => await importUsers(server, caller, input)),
  edit: trpc.user.input(editInput).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await editUser(server, caller, input);
    return {};
  }),
  setGroup: trpc.user
    .input(z.object({ id, group: id.nullable() }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await setGroup(server, caller, input.id, input.group);
      return {};
    }),
  setAdmin: trpc.admin
    .input(z.object({ id, admin: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await setAdmin(server, caller, input.id, input.admin);
      return {};
    }),
  disable: trpc.user.input(one).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await disableUser(server, caller, input.id);
    return {};
  }),
  enable: trpc.user.input(one).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await enableUser(server, caller, input.id);
    return {};
  }),
  /** Days until everything of the user goes for good; 0: now. */
  remove: trpc.user
    .input(z.object({ id, keepDays: z.number().int().min(0).max(365).optional() }))
    .mutation(async ({ ctx: { server, caller }, input }) => await removeUser(server, caller, input)),
  restore: trpc.user.input(one).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await restoreUser(server, caller, input.id);
    return {};
  }),
  /** For homes: users whose mail is to go. `done`: those of whom nothing is left since the last call. Waits at most 25 s. */
  departed: trpc.storage
    .input(z.object({ done: z.array(id).max(100), wait: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input, signal }): Promise<{ users: string[] }> => ({
      users: await claimDepartures(server, caller.part, input, signal),
    })),
});
