import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import { profilePart } from '../../common/shapes/profile.ts';
import { trpc } from '../trpc.ts';
import { demandHome } from '../part/demand-home.ts';
import { demandActivePart } from '../part/demand-active.ts';
import { readQuota } from '../layer/settle/policy-effect-store.ts';
import { awaitNews } from '../await-news.ts';
import { profileTransferProcedures } from '../transfer/profile-transfer-api.ts';
import { changeProfile } from './change-profile.ts';
import { listChangedUsers } from './profile-store.ts';
import { readProfile } from './read-profile.ts';
import { watchProfile } from './watch-profile.ts';

const revision = z.number().int().min(0);
const MAX_VALUE = 500_000;

export const profileRouter = trpc.router({
  ...profileTransferProcedures,
  read: trpc.userOrStorage
    .input(
      z.object({
        user: id.optional(),
        since: revision.optional(),
        parts: z.array(profilePart).max(10).optional(),
      }),
    )
    .query(async ({ ctx: { server, caller }, input }) => {
      if (caller.kind === 'user') {
        if (input.user !== undefined && input.user !== caller.user) {
          throw new MailError('forbidden', 'a user reads only the own profile');
        }
        return await readProfile(server, caller.user, input);
      }
      await demandHome(server, caller.part, input.user ?? '');
      const quotaBytes = await readQuota(server.db.read, input.user ?? '');
      return { ...(await readProfile(server, input.user ?? '', input)), quotaBytes };
    }),
  change: trpc.user
    .input(
      z.object({
        part: profilePart,
        id: id.nullable(),
        base: revision.nullable(),
        value: z.json().refine((value) => JSON.stringify(value).length <= MAX_VALUE, 'too large'),
      }),
    )
    .mutation(async ({ ctx: { server, caller }, input }) => await changeProfile(server, caller, input)),
  watch: trpc.user
    .input(
      z.object({
        lastEventId: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
      }),
    )
    .subscription(async function* ({ ctx: { server, caller }, input, signal }) {
      yield* watchProfile(server, caller, input.lastEventId, signal);
    }),
  changed: trpc.storage.input(z.object({ since: revision, wait: z.boolean() })).query(
    async ({ ctx: { server, caller }, input, signal }) =>
      await awaitNews(server, {
        topic: 'change',
        read: async () => {
          await demandActivePart(server, caller.part);
          return await listChangedUsers(server.db.read, caller.part, input.since);
        },
        isNews: (answer) => answer.users.length > 0,
        wait: input.wait,
        signal,
      }),
  ),
});
