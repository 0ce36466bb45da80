import { z } from 'zod';
import { accountSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import type { SecretUseCount, SecretUses, SignedInOnly } from '../../common/shapes/credential-use.ts';
import { awaitNews } from '../await-news.ts';
import { trpc } from '../trpc.ts';
import { judgePersonal } from './personal/may-be-personal.ts';
import { findOpenKey, listOpenUsers } from './personal/open-keys.ts';
import { readStandings } from './read-standings.ts';
import { countUsesFor, readUses } from './read-uses.ts';
import {
  useForRetrieval,
  useForSubmission,
  useForSubmissionTest,
  useGrant,
  reportRefused,
} from './use-credential.ts';

export const credentialRouter = trpc.router({
  /** Of an account of the caller's. */
  uses: trpc.user
    .input(
      z.object({
        account: id,
        before: z.string().max(100).nullish(),
        limit: z.number().int().min(1).max(100).default(30),
      }),
    )
    .query(
      async ({ ctx: { server, caller }, input }): Promise<SecretUses> =>
        await readUses(server, caller.user, { ...input, before: input.before ?? null }),
    ),
  /** For admins, sums by hour only: of a user, or of all. */
  countUses: trpc.user
    .input(z.object({ user: id.nullable() }))
    .query(
      async ({ ctx: { server, caller }, input }): Promise<{ counts: SecretUseCount[] }> =>
        await countUsesFor(server, caller, input.user),
    ),
  /** Of the caller's own. */
  signedInOnly: trpc.user.query(async ({ ctx: { server, caller } }): Promise<SignedInOnly> => ({
    refused: await judgePersonal(server.db.read, caller.user),
    open: (await findOpenKey(server, server.db.read, caller.user)) !== null,
  })),
  use: trpc.storage
    .input(z.object({ lease: id, account: id, purpose: z.enum(['retrieve', 'test']) }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await useForRetrieval(server, caller.part, input),
    ),
  submit: trpc.relay
    .input(z.object({ queueId: id, user: id, account: id }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await useForSubmission(server, caller.part, input),
    ),
  /** Which of these users' personal keys are open now, for mail that waits for them; with `wait` as soon as one is. */
  opened: trpc.relay.input(z.object({ users: z.array(id).min(1).max(500), wait: z.boolean() })).query(
    async ({ ctx: { server }, input, signal }): Promise<{ users: string[] }> =>
      await awaitNews(server, {
        topic: 'opened',
        read: async () => ({ users: await listOpenUsers(server, server.db.read, input.users) }),
        isNews: ({ users }) => users.length > 0,
        wait: input.wait,
        signal,
      }),
  ),
  /** By each account: another text than before where its settings or what it signs in with have changed. */
  standings: trpc.relay
    .input(
      z.object({
        accounts: z
          .array(z.object({ user: id, account: id }))
          .min(1)
          .max(200),
      }),
    )
    .query(async ({ ctx: { server }, input }): Promise<{ standings: string[] }> => ({
      standings: await readStandings(server.db.read, input.accounts),
    })),
  /** The smarthost did not take the token of `submit`: the next one is fetched anew. */
  refused: trpc.relay
    .input(z.object({ queueId: id, user: id, account: id }))
    .mutation(async ({ ctx: { server }, input }): Promise<Record<string, never>> => {
      await reportRefused(server, input);
      return {};
    }),
  /** For `account.test` of settings that are not saved yet: the access token of a finished sign-in. */
  useGrant: trpc.storage
    .input(z.object({ user: id, grant: id, settings: accountSettings }))
    .mutation(async ({ ctx: { server, caller }, input }) => await useGrant(server, caller.part, input)),
  submitTest: trpc.storage
    .input(z.object({ user: id, account: id }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await useForSubmissionTest(server, caller.part, input),
    ),
});
