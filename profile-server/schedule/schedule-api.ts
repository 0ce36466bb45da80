import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { claimLeases } from './claim-leases.ts';
import { countLateMails } from './count-late.ts';
import { renewLeases, reportResult } from './keep-leases.ts';
import { pollResult } from './poll-result.ts';
import { takeLeases } from './take-leases.ts';

export const scheduleRouter = trpc.router({
  claim: trpc.storage
    .input(z.object({ max: z.number().int().min(1).max(500), wait: z.boolean() }))
    .mutation(async ({ ctx: { server, caller }, input, signal }) => ({
      leases: await claimLeases(server, caller.part, input.max, input.wait, signal),
    })),
  take: trpc.storage
    .input(
      z.object({
        user: id,
        accounts: z.array(id).max(500).nullable(),
        purpose: z.enum(['check', 'test']),
      }),
    )
    .mutation(
      async ({ ctx: { server, caller }, input }) => await takeLeases(server, { ...input, part: caller.part }),
    ),
  renew: trpc.storage
    .input(z.object({ leases: z.array(id).max(1000) }))
    .mutation(async ({ ctx: { server, caller }, input }) => ({
      lost: await renewLeases(server, caller.part, input.leases),
    })),
  report: trpc.storage
    .input(z.object({ lease: id, result: pollResult }))
    .mutation(
      async ({ ctx: { server, caller }, input }) =>
        await reportResult(server, caller.part, input.lease, input.result),
    ),
  /** For sessions that outlived their lease: see countLateMails. */
  countLate: trpc.storage
    .input(z.object({ account: id, mails: z.number().int().min(1), bytes: z.number().int().min(0) }))
    .mutation(async ({ ctx: { server, caller }, input }) => await countLateMails(server, caller.part, input)),
});
