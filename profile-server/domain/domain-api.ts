import { z } from 'zod';
import type { OwnDomain } from '../../common/shapes/sender.ts';
import { trpc } from '../trpc.ts';
import { addOwnDomain, listOwnDomains, removeOwnDomain } from './change-domain.ts';

const domainName = z.string().trim().min(1).max(253);

/** The organisation's own domains: who is named there may send as any address of one, by Valija's own relay. */
export const domainRouter = trpc.router({
  list: trpc.admin.query(async ({ ctx: { server } }): Promise<{ domains: OwnDomain[] }> => ({
    domains: await listOwnDomains(server),
  })),
  /** `users`: names; null lets everybody use it. */
  add: trpc.admin
    .input(z.object({ domain: domainName, users: z.array(z.string().max(200)).max(1000).nullable() }))
    .mutation(async ({ ctx: { server, caller }, input }) => await addOwnDomain(server, caller.user, input)),
  remove: trpc.admin
    .input(z.object({ domain: domainName }))
    .mutation(async ({ ctx: { server, caller }, input }) => ({
      removed: await removeOwnDomain(server, caller.user, input.domain),
    })),
});
