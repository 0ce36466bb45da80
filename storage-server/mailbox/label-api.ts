import type { LabelDefinition } from '../../common/shapes/label.ts';
import { trpc } from '../trpc.ts';
import { listLabels } from './list-labels.ts';

/** A label as lists of them show it; `colour` null: the profile does not know it, rules or an import gave it to mails. */
export interface ListedLabel {
  name: string;
  colour: LabelDefinition['colour'] | null;
  /** Of the mails outside Trash and Junk. */
  total: number;
  unread: number;
}

export const labelRouter = trpc.router({
  list: trpc.user.query(async ({ ctx }): Promise<{ labels: ListedLabel[] }> => ({
    labels: await listLabels(ctx, ctx.caller.user),
  })),
});
