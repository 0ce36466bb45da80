import { z } from 'zod';
import {
  answerKind,
  draftContent,
  PRECEDENT_LIMIT,
  type OpenDraft,
  type Precedents,
  type SavedDraft,
} from '../../common/shapes/draft.ts';
import { id } from '../../common/shapes/ids.ts';
import { language } from '../../common/shapes/profile.ts';
import { trpc } from '../trpc.ts';

export const draftRouter = trpc.router({
  /**
   * Answers when the text is durable; a stale `base` is a `conflict` with the OpenDraft as it stands. Where `id` is null,
   * the same `key` finds the draft that an earlier call began, whose answer may not have arrived.
   */
  save: trpc.user
    .input(
      z.object({
        id: id.nullable(),
        base: z.number().int().min(1).nullable(),
        key: id.nullable().default(null),
        draft: draftContent,
      }),
    )
    .mutation(async ({ ctx, input }): Promise<SavedDraft> => await ctx.drafts.save(ctx.caller.user, input)),
  open: trpc.user
    .input(z.object({ id }))
    .query(async ({ ctx, input }): Promise<OpenDraft> => await ctx.drafts.open(ctx.caller.user, input.id)),
  remove: trpc.user.input(z.object({ id })).mutation(async ({ ctx, input }): Promise<{ removed: string }> => {
    await ctx.drafts.remove(ctx.caller.user, input.id);
    return { removed: input.id };
  }),
  detach: trpc.user
    .input(z.object({ id, attachment: id }))
    .mutation(
      async ({ ctx, input }): Promise<{ version: number }> =>
        await ctx.drafts.detach(ctx.caller.user, input.id, input.attachment),
    ),
  /** A stored draft that answers or forwards a mail: quoted, addressed, with the identity that received it. */
  answer: trpc.user
    .input(
      z.object({
        mail: id,
        kind: answerKind,
        language,
        timeZone: z.string().max(64).nullable(),
        key: id.nullable().default(null),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<OpenDraft> => await ctx.drafts.answer(ctx.caller.user, input)),
  /** As whom the user wrote to these people before, and where the answered mail came to: what From is held against. */
  precedents: trpc.user
    .input(z.object({ answered: id.nullable(), to: z.array(z.string().max(320)).max(PRECEDENT_LIMIT) }))
    .query(
      async ({ ctx, input }): Promise<Precedents> => await ctx.drafts.precedents(ctx.caller.user, input),
    ),
});
