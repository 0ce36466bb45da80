import { z } from 'zod';
import { INTERVAL_SECONDS, host, tlsMode } from '../../common/shapes/account.ts';
import {
  healthFilter,
  mendChange,
  type HealthPage,
  type HeatMap,
  type MendReport,
  type UsePage,
} from '../../common/shapes/health.ts';
import { id } from '../../common/shapes/ids.ts';
import { demandReach } from '../group/reach.ts';
import { trpc } from '../trpc.ts';
import { fixAccount } from './mend/fix-account.ts';
import { choose, listHealthOf } from './list-health.ts';
import { listUseOf } from './list-use.ts';
import { mendHost } from './mend/mend-host.ts';
import { readHeatMap } from './heat-map/read-heat-map.ts';
import { retryAccounts } from './retry/retry-accounts.ts';

/**
 * How the collected accounts are, for organisation admins, and for group admins of their groups' users. They see
 * addresses, hosts, login names, states and what servers answered (cut of what looks like a secret): no mail, no secret.
 */
export const healthRouter = trpc.router({
  accounts: trpc.user
    .input(
      healthFilter.extend({
        limit: z.number().int().min(1).max(200).default(100),
        after: z.string().max(1000).nullish(),
      }),
    )
    .query(async ({ ctx: { server, caller }, input }): Promise<HealthPage> => {
      const { limit, after = null, ...filter } = input;
      return await listHealthOf(server, await demandReach(server, caller), { filter, limit, after });
    }),
  /** The last 48 hours, by provider. */
  providers: trpc.user.query(
    async ({ ctx: { server, caller } }): Promise<HeatMap> =>
      await readHeatMap(server, await demandReach(server, caller)),
  ),
  /** What users keep, the most first. */
  use: trpc.user
    .input(
      z.object({
        limit: z.number().int().min(1).max(200).default(100),
        after: z.object({ bytes: z.number().min(0), user: id }).nullish(),
      }),
    )
    .query(
      async ({ ctx: { server, caller }, input }): Promise<UsePage> =>
        await listUseOf(server, await demandReach(server, caller), {
          limit: input.limit,
          after: input.after ?? null,
        }),
    ),
  /** Tries failing accounts now: those with these ids, or all of a provider or host. */
  retry: trpc.user
    .input(
      z.object({
        accounts: z.array(id).min(1).max(200).optional(),
        provider: z.string().min(1).max(253).optional(),
        host: host.optional(),
        refused: z.boolean().default(false),
      }),
    )
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ accounts: number }> => {
      const reach = await demandReach(server, caller);
      const { accounts = null, provider, host, refused } = input;
      const filter = {
        ...(provider === undefined ? {} : { provider }),
        ...(host === undefined ? {} : { host }),
      };
      const which = await choose(server.db.read, reach, filter, server.clock.now());
      if (which === null || (which.hosts === null && accounts === null)) return { accounts: 0 };
      const wish = { accounts, hosts: which.hosts, refused };
      return await retryAccounts(server, { id: caller.user, reach }, wish);
    }),
  /** Another host, port or TLS mode for all accounts on a host. */
  mend: trpc.user
    .input(mendChange)
    .mutation(async ({ ctx: { server, caller }, input }): Promise<MendReport> => {
      const { user, session } = caller;
      return await mendHost(server, { user, session, reach: await demandReach(server, caller) }, input);
    }),
  /** The same for one account, and how often it is polled. */
  fix: trpc.user
    .input(
      z.object({
        account: id,
        pop3: z
          .object({ host, port: z.number().int().min(1).max(65535), tls: tlsMode })
          .partial()
          .optional(),
        interval: z.number().int().min(INTERVAL_SECONDS.min).max(INTERVAL_SECONDS.max).optional(),
        adaptive: z.boolean().optional(),
        paused: z.boolean().optional(),
        confirm: z.string().max(253).optional(),
      }),
    )
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> =>
        await fixAccount(server, caller, input),
    ),
});
