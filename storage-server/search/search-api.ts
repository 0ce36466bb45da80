import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { trpc } from '../trpc.ts';
import type { SearchPage, SearchSnippet, Suggestion } from './search.ts';

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
  /** Why these mails were found; in the order of `ids`, without those that are gone. */
  snippets: trpc.user
    .input(z.object({ query: z.string().max(1000), ids: z.array(z.string().max(80)).min(1).max(50) }))
    .query(async ({ ctx, input }): Promise<{ snippets: SearchSnippet[] }> => ({
      snippets: await ctx.search.readSnippets(ctx.caller.user, input.query, input.ids),
    })),
  /** For what stands in the search field now, while it is typed. */
  suggest: trpc.user
    .input(z.object({ text: z.string().max(1000) }))
    .query(async ({ ctx, input }): Promise<{ suggestions: Suggestion[] }> => ({
      suggestions: await ctx.search.suggest(ctx.caller.user, input.text),
    })),
  /** The search is suggested to its user from now on, on all his PCs. */
  remember: trpc.user
    .input(z.object({ query: z.string().max(1000) }))
    .mutation(async ({ ctx, input }): Promise<Record<string, never>> => {
      await ctx.search.remember(ctx.caller.user, input.query);
      return {};
    }),
});

function demandTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    throw new MailError('invalid', 'no such time zone', { field: 'timeZone', cause });
  }
}
