import { z } from 'zod';
import type { AttachmentPage, AttachmentView } from '../../common/shapes/attachment-view.ts';
import { VIEW_WIDTH } from '../../common/shapes/attachment-view.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { openPage, openView } from './open-view.ts';

const viewed = z.object({ mail: id, part: z.string().regex(/^[\d.]{1,100}$/) });

/** Files of mails as the server shows them: nothing of the file itself reaches the client. */
export const viewRouter = trpc.router({
  open: trpc.user
    .input(viewed)
    .query(
      async ({ ctx, input }): Promise<AttachmentView> =>
        await openView(ctx, { ...input, user: ctx.caller.user }, ctx.caller),
    ),
  page: trpc.user
    .input(
      viewed.extend({
        page: z.number().int().min(1).max(100_000),
        width: z.number().int().min(VIEW_WIDTH.least).max(VIEW_WIDTH.most).default(VIEW_WIDTH.usual),
      }),
    )
    .query(
      async ({ ctx, input: { page, width, ...of } }): Promise<AttachmentPage> =>
        await openPage(ctx, { ...of, user: ctx.caller.user }, { page, width }),
    ),
});
