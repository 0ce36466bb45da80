import { tracked } from '@trpc/server';
import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import { profilePart, type ProfileItem, type ProfileItems } from '../../common/shapes/profile.ts';
import { trpc } from '../trpc.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};
const revision = z.number().int().min(0);

export const profileRouter = trpc.router({
  read: trpc.userOrStorage
    .input(
      z.object({
        user: id.optional(),
        since: revision.optional(),
        parts: z.array(profilePart).max(10).optional(),
      }),
    )
    .query(async (): Promise<ProfileItems> => soon()),
  change: trpc.user
    .input(z.object({ part: profilePart, id: id.nullable(), base: revision.nullable(), value: z.unknown() }))
    .mutation(async (): Promise<{ item: ProfileItem; revision: number }> => soon()),
  watch: trpc.user
    .input(z.object({ lastEventId: z.string().max(20).optional() }))
    .subscription(async function* () {
      yield tracked('0', { revision: 0 });
      soon();
    }),
  changed: trpc.storage
    .input(z.object({ since: revision, wait: z.boolean() }))
    .query(async (): Promise<{ seq: number; users: { id: string; revision: number }[] }> => soon()),
});
