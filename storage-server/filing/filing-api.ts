import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { MAX_SCRIPT } from '../../common/shapes/rule.ts';
import { selection, type BulkChange } from '../../common/shapes/selection.ts';
import { trpc } from '../trpc.ts';
import { listRuleProblems, type RuleProblem } from './list-problems.ts';
import { previewRule, type RulePreview } from './preview-rule.ts';
import { forgetProblems } from './problem-store.ts';
import { runRules } from './run-rules.ts';

const MOST_RULES = 500;

export const rulesRouter = trpc.router({
  /** Over mail that is here; `rules` null: all rules that are on. */
  run: trpc.user
    .input(z.object({ rules: z.array(id).min(1).max(MOST_RULES).nullable(), selection }))
    .mutation(
      async ({ ctx, input }): Promise<BulkChange> =>
        await runRules({ ...ctx, thread: ctx.ruleThread }, ctx.caller.user, input),
    ),
  /** What a script would do something with, of the newest mails. */
  preview: trpc.user
    .input(
      z.object({
        script: z.string().max(MAX_SCRIPT),
        limit: z.number().int().min(1).max(1000).default(1000),
      }),
    )
    .query(
      async ({ ctx, input }): Promise<RulePreview> =>
        await previewRule({ ...ctx, thread: ctx.ruleThread }, ctx.caller.user, input),
    ),
  problems: trpc.user.query(async ({ ctx }): Promise<{ problems: RuleProblem[] }> => ({
    problems: await listRuleProblems(ctx, ctx.caller.user),
  })),
  /** The user has read them. */
  dismiss: trpc.user.mutation(async ({ ctx }): Promise<Record<string, never>> => {
    await ctx.db.write(async (tx) => await forgetProblems(tx, ctx.caller.user));
    return {};
  }),
});
