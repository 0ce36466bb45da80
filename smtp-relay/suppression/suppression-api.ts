import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import type { Suppression } from '../../common/shapes/suppression.ts';
import type { PartCaller, UserCaller } from '../../server-kit/auth/caller.ts';
import type { RelayServices } from '../context.ts';
import { trpc } from '../trpc.ts';

const mailAddress = z.string().trim().min(3).max(320);

const list = trpc.userOrStorage
  .input(z.object({ user: id.optional(), limit: z.number().int().min(1).max(1000).default(1000) }))
  .query(async ({ ctx, input }): Promise<{ suppressions: Suppression[] }> => ({
    suppressions: await ctx.relay.suppressions.list(await chooseUser(ctx, input.user), input.limit),
  }));

const remove = trpc.userOrStorage
  .input(z.object({ user: id.optional(), addresses: z.array(mailAddress).min(1).max(500) }))
  .mutation(async ({ ctx, input }): Promise<{ removed: number }> => ({
    removed: await ctx.relay.suppressions.remove(await chooseUser(ctx, input.user), input.addresses),
  }));

/** A user asks for himself; a storage-server says for whom of its users. */
async function chooseUser(
  { caller, relay }: { caller: UserCaller | PartCaller; relay: Pick<RelayServices, 'demandHome'> },
  named: string | undefined,
): Promise<string> {
  if (caller.kind === 'user') {
    if (named === undefined || named === caller.user) return caller.user;
    throw new MailError('forbidden', 'a user may ask for himself only');
  }
  if (named === undefined) throw new MailError('invalid', 'name the user', { field: 'user' });
  await relay.demandHome(caller.part, named);
  return named;
}

/** The addresses that fail at once because they failed for good before, and the way back. */
export const suppressionRouter = trpc.router({ list, remove });
