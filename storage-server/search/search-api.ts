import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { trpc } from '../trpc.ts';
import type { SearchPage } from './search.ts';

export const searchRouter = trpc.router({
  /** Days of `before:` and `after:` begin in `timeZone` (IANA name), without one in UTC. */
  find: trpc.user
    .input(
      z.object({
        query: z.string().max(1000),
        limit: z.number().int().min(1).max(500).default(50),
        after: z.string().max(20).nullish(),
        timeZone: z.string().max(60).nullish(),
      }),
    )
    .query(async ({ ctx, input }): Promise<SearchPage> => {
      const timeZone = input.timeZone ?? null;
      if (timeZone !== null) demandTimeZone(timeZone);
      const { query, limit, after } = input;
      return await ctx.search.find(ctx.caller.user, { query, limit, after: after ?? null, timeZone });
    }),
});

function demandTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new MailError('invalid', 'no such time zone', { field: 'timeZone', cause });
  }
}
