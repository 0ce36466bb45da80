import { z } from 'zod';
import { accountSettings } from '../../common/shapes/account.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import {
  useForRetrieval,
  useForSubmission,
  useForSubmissionTest,
  useGrant,
  reportRefused,
} from './use-credential.ts';

export const credentialRouter = trpc.router({
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
