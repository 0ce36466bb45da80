import type { MailSummary } from '../../common/shapes/summary.ts';
import { trpc } from '../trpc.ts';
import { readSummary } from './read-summary.ts';

export const summaryRouter = trpc.router({
  read: trpc.user.query(async ({ ctx }): Promise<MailSummary> => await readSummary(ctx, ctx.caller.user)),
});
