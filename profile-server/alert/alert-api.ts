import { z } from 'zod';
import {
  alertRule,
  alertTarget,
  type AlertRule,
  type AlertTargetView,
  type AlertView,
} from '../../common/shapes/alert.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { listAlerts, listOpenAlerts, listRules } from './alert-store.ts';
import { addAlertTarget, removeAlertTarget, setRule, testAlertTarget, viewTargets } from './set-alerts.ts';
import { viewAlert } from './tell-alert.ts';

type Nothing = Record<string, never>;

/** What is watched, what is wrong, and who is told; for organisation admins. */
export const alertRouter = trpc.router({
  list: trpc.admin
    .input(
      z.object({ all: z.boolean().default(false), limit: z.number().int().min(1).max(500).default(100) }),
    )
    .query(
      async ({
        ctx: { server },
        input,
      }): Promise<{ alerts: AlertView[]; rules: AlertRule[]; targets: AlertTargetView[] }> => {
        const { read } = server.db;
        const records = input.all ? await listAlerts(read, input.limit) : await listOpenAlerts(read);
        const alerts = records.slice(0, input.limit).map(viewAlert);
        return { alerts, rules: await listRules(read), targets: await viewTargets(read) };
      },
    ),
  set: trpc.admin.input(alertRule).mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
    await setRule(server, caller.user, input);
    return {};
  }),
  addTarget: trpc.admin
    .input(alertTarget)
    .mutation(async ({ ctx: { server, caller }, input }) => await addAlertTarget(server, caller.user, input)),
  removeTarget: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await removeAlertTarget(server, caller.user, input.id);
      return {};
    }),
  test: trpc.admin
    .input(z.object({ id }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<Nothing> => {
      await testAlertTarget(server, caller.user, input.id);
      return {};
    }),
});
