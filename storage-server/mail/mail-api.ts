import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { flag, type MailPage, type MailView } from '../../common/shapes/mail.ts';
import { id, ids } from '../../common/shapes/ids.ts';
import { MAX_LABELS } from '../../common/label-name.ts';
import { labelName } from '../../common/shapes/label.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import { selection, type BulkChange, type Selection } from '../../common/shapes/selection.ts';
import { trpc } from '../trpc.ts';
import type { StorageContext } from '../context.ts';
import { demandSavePath } from '../view/save-path.ts';
import { unsubscribe, type Unsubscribed } from '../unsubscribe/unsubscribe.ts';
import type { MailChanges } from './mails.ts';
import type { SelectionCount } from './selection/count-selection.ts';
import type { Undone } from './selection/undo.ts';

/** Role, id or path. */
const mailboxName = z.string().min(1).max(1000);
const flags = z.array(flag).max(10);
const labels = z.array(labelName).max(MAX_LABELS);
/** Paths that can be signed; see mail/mail-routes.ts. */
const signablePath = z
  .string()
  .max(300)
  .regex(/^\/mail\/[\w-]{1,64}\/(raw|part\/[\d.]{1,100})$/);

/** Mails by `ids` or by `selection`. */
const selected = z.object({ ids: ids.optional(), selection: selection.optional() });

function readSelection(input: z.infer<typeof selected>): Selection {
  const chosen = input.selection ?? (input.ids === undefined ? undefined : { ids: input.ids });
  if (chosen !== undefined && (input.selection === undefined || input.ids === undefined)) return chosen;
  throw new MailError('invalid', 'ids or a selection', {
    field: 'selection',
    reason: 'input',
    params: { field: 'selection', problem: '' },
  });
}

export const mailRouter = trpc.router({
  list: trpc.user
    .input(
      z.object({
        /** Without one the Inbox; with a label all mailboxes but Trash and Junk. */
        mailbox: mailboxName.nullish(),
        account: id.nullish(),
        label: labelName.nullish(),
        unread: z.boolean().default(false),
        /** One row for each conversation, its newest mail. */
        conversations: z.boolean().default(false),
        limit: z.number().int().min(1).max(500).default(50),
        after: z.string().max(100).nullish(),
      }),
    )
    .query(
      async ({ ctx, input }): Promise<MailPage> =>
        await ctx.mails.readPage(ctx.caller.user, {
          ...input,
          mailbox: input.mailbox ?? null,
          account: input.account ?? null,
          label: input.label ?? null,
          after: input.after ?? null,
        }),
    ),
  /** Does not mark as read. */
  show: trpc.user.input(z.object({ id })).query(async ({ ctx, input }): Promise<MailView> => {
    const { sendKey, ...view } = await ctx.mails.show(ctx.caller.user, input.id);
    const status = sendKey === null ? null : await readStatus(ctx, ctx.caller.user, input.id);
    return { ...view, status };
  }),
  flag: trpc.user.input(selected.extend({ add: flags.default([]), remove: flags.default([]) })).mutation(
    async ({ ctx, input }): Promise<BulkChange> =>
      await ctx.selections.change(ctx.caller.user, readSelection(input), {
        addFlags: input.add,
        removeFlags: input.remove,
      }),
  ),
  label: trpc.user.input(selected.extend({ add: labels.default([]), remove: labels.default([]) })).mutation(
    async ({ ctx, input }): Promise<BulkChange> =>
      await ctx.selections.change(ctx.caller.user, readSelection(input), {
        addLabels: input.add,
        removeLabels: input.remove,
      }),
  ),
  move: trpc.user
    .input(selected.extend({ to: mailboxName }))
    .mutation(async ({ ctx, input }): Promise<BulkChange> => {
      const { id: mailbox } = await ctx.home.findMailbox(ctx.caller.user, input.to);
      return await ctx.selections.change(ctx.caller.user, readSelection(input), { mailbox });
    }),
  /** For ever; only out of Trash, Junk and Drafts. */
  remove: trpc.user
    .input(selected)
    .mutation(
      async ({ ctx, input }): Promise<BulkChange> =>
        await ctx.selections.remove(ctx.caller.user, readSelection(input)),
    ),
  count: trpc.user
    .input(z.object({ selection }))
    .query(
      async ({ ctx, input }): Promise<SelectionCount> =>
        await ctx.selections.count(ctx.caller.user, input.selection),
    ),
  /** Takes an operation back, for a day; what was changed since stays as it is and counts as skipped. */
  undo: trpc.user
    .input(z.object({ operation: id }))
    .mutation(
      async ({ ctx, input }): Promise<Undone> => await ctx.selections.undo(ctx.caller.user, input.operation),
    ),
  /** Gets the user off the list that this mail came by. */
  unsubscribe: trpc.user
    .input(z.object({ id }))
    .mutation(
      async ({ ctx, input }): Promise<Unsubscribed> => await unsubscribe(ctx, ctx.caller.user, input.id),
    ),
  changes: trpc.user
    .input(z.object({ since: z.number().int().min(0) }))
    .query(
      async ({ ctx, input }): Promise<MailChanges> =>
        await ctx.mails.readChanges(ctx.caller.user, input.since),
    ),
  /** An address that a browser may open without a bearer token, for 60 s; what it began to load by then it may go on with for 10 minutes. */
  signUrl: trpc.user
    .input(z.object({ path: signablePath, account: id.nullish() }))
    .mutation(async ({ ctx, input }): Promise<{ url: string }> => {
      await demandSavePath(ctx, ctx.caller, input.path);
      const target = new URL(input.path, ctx.settings.storageUrl);
      if (input.account) target.searchParams.set('account', input.account);
      const { user, session } = ctx.caller;
      return { url: ctx.signer.sign(target, { user, session }).href };
    }),
});

/** Null for a mail that carries a key of a sending that is no longer known. */
async function readStatus(ctx: StorageContext, user: string, mail: string): Promise<SendStatus | null> {
  try {
    return await ctx.sending.readStatus(user, mail);
  } catch (error) {
    if (error instanceof MailError && error.code === 'not-found') return null;
    throw error;
  }
}
