import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { useForRetrieval, useForSubmission, useForSubmissionTest } from './use-credential.ts';

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
  submitTest: trpc.storage
    .input(z.object({ user: id, account: id }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await useForSubmissionTest(server, caller.part, input),
    ),
});
