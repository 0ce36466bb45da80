import { z } from 'zod';
import { keep } from '../../../common/shapes/account.ts';
import { id } from '../../../common/shapes/ids.ts';
import type { RetentionPreview } from '../../../common/shapes/retention.ts';
import { trpc } from '../../trpc.ts';
import { previewRetention } from './retention-preview.ts';

export const retentionRouter = trpc.router({
  /** A dry run: what this contract would delete on the maildrop now. Deletes and changes nothing. */
  preview: trpc.user
    .input(z.object({ account: id, keep }))
    .mutation(
      async ({ ctx, input }): Promise<RetentionPreview> =>
        await previewRetention(ctx, { user: ctx.caller.user, ...input }),
    ),
});
