import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { useMonth, userMonth, type UsePeriods, type UseReport } from '../../common/shapes/use.ts';
import { demandReach } from '../group/reach.ts';
import { trpc } from '../trpc.ts';
import { takeReport } from './close-months.ts';
import { listPeriods, readReport } from './read-report.ts';
import { listUsersAt } from './use-store.ts';

const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const MOST_USERS = 500;

export const statisticsRouter = trpc.router({
  /** By homes, of their own users; what they say of others is passed over. */
  report: trpc.storage
    .input(
      z.object({
        months: z.array(userMonth).max(MOST_USERS),
        holdings: z.array(z.object({ user: id, mails: amount, bytes: amount })).max(MOST_USERS),
      }),
    )
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Record<string, never>> => {
      const asked = [...new Set([...input.months, ...input.holdings].map(({ user }) => user))];
      const own = await listUsersAt(server.db.read, caller.part, asked);
      await takeReport(
        server,
        input.months.filter(({ user }) => own.has(user)),
        input.holdings.filter(({ user }) => own.has(user)),
      );
      return {};
    }),
  periods: trpc.user.query(async ({ ctx: { server, caller } }): Promise<UsePeriods> => {
    await demandReach(server, caller);
    return await listPeriods(server);
  }),
  read: trpc.user
    .input(z.object({ period: useMonth.or(z.string().regex(/^\d{4}$/)) }))
    .query(async ({ ctx: { server, caller }, input }): Promise<UseReport> => {
      const reach = await demandReach(server, caller);
      return await readReport(server, input.period, reach);
    }),
});
