import { z } from 'zod';
import { DKIM_ALGORITHMS, type DkimKeyFacts } from '../../common/shapes/dkim.ts';
import { trpc } from '../trpc.ts';
import { listDkimKeys, makeDkimKeys, openDkimKeys, removeDkimKey } from './dkim-keys.ts';

const domain = z.string().trim().min(1).max(253);

/** Keys for the signatures of own domains: administrators make them, relays sign with them. */
export const dkimRouter = trpc.router({
  list: trpc.admin
    .input(z.object({ domain: domain.nullable() }))
    .query(async ({ ctx: { server }, input }): Promise<{ keys: DkimKeyFacts[] }> => ({
      keys: await listDkimKeys(server, input.domain),
    })),
  make: trpc.admin
    .input(z.object({ domain, algorithms: z.array(z.enum(DKIM_ALGORITHMS)).min(1).max(2) }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ keys: DkimKeyFacts[] }> => ({
      keys: await makeDkimKeys(server, caller.user, input),
    })),
  remove: trpc.admin
    .input(z.object({ domain, selector: z.string().min(1).max(63) }))
    .mutation(async ({ ctx: { server, caller }, input }) => ({
      removed: await removeDkimKey(server, caller.user, input),
    })),
  keys: trpc.relay.query(async ({ ctx: { server } }) => ({ keys: await openDkimKeys(server) })),
});
