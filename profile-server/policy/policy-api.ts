import { z } from 'zod';
import { demandAddable } from '../account/rule/demand-allowed.ts';
import { accountSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { layerOf } from '../../common/shapes/layer.ts';
import { policySettings, type Policy, type PolicyView } from '../../common/shapes/policy.ts';
import { demandReachOfPlace } from '../layer/demand-place.ts';
import { demandHome } from '../part/demand-home.ts';
import { trpc } from '../trpc.ts';
import { changePolicy, viewPolicy } from './change-policy.ts';
import { readPolicy } from './read-policy.ts';

export const policyRouter = trpc.router({
  /** For organisation admins, and for group admins of their groups. */
  get: trpc.user
    .input(z.object({ of: layerOf }))
    .query(async ({ ctx: { server, caller }, input }): Promise<PolicyView> => {
      await demandReachOfPlace(server.db.read, caller, input.of);
      return await viewPolicy(server.db.read, input.of);
    }),
  /** For organisation admins only: what they demand of a group its own admins may not take back. */
  set: trpc.admin
    .input(z.object({ of: layerOf, base: z.number().int().min(0), settings: policySettings }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<PolicyView> =>
        await changePolicy(server, caller.user, input),
    ),
  /** What holds for the caller. */
  own: trpc.user.query(
    async ({ ctx: { server, caller } }): Promise<Policy> => await readPolicy(server.db.read, caller.user),
  ),
  /** What holds for a user, for his home. */
  read: trpc.storage
    .input(z.object({ user: id }))
    .query(async ({ ctx: { server, caller }, input }): Promise<Policy> => {
      await demandHome(server, caller.part, input.user);
      return await readPolicy(server.db.read, input.user);
    }),
  /** Settings that are only tried: refused as they would be when they are kept. */
  check: trpc.storage
    .input(z.object({ user: id, settings: accountSettings }))
    .query(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      await demandHome(server, caller.part, input.user);
      await demandAddable(server.db.read, input.user, input.settings);
      return {};
    }),
});
