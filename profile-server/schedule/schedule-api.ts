import { z } from 'zod';
import { ERROR_CODES, MailError } from '../../common/errors.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import type { Lease, RefusedLease } from './lease.ts';

const soon = (): never => {
  throw new MailError('not-yet', 'not yet');
};
const count = z.number().int().min(0);

/** How a session on a maildrop ended. `error` is what the user will read beside the account. */
const pollResult = z.union([
  z.object({ ok: z.literal(true), new: count, bytes: count, messages: count }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string().max(1000),
      reason: z.string().max(100).nullable(),
      params: z.record(z.string().max(100), z.union([z.string().max(1000), z.number()])),
      field: z.string().max(100).nullable(),
      serverLine: z.string().max(500).nullable(),
      retryAfter: z.number().min(0).nullable(),
    }),
  }),
]);
export type PollResult = z.infer<typeof pollResult>;

export const scheduleRouter = trpc.router({
  claim: trpc.storage
    .input(z.object({ max: z.number().int().min(1).max(500), wait: z.boolean() }))
    .mutation(async (): Promise<{ leases: Lease[] }> => soon()),
  take: trpc.storage
    .input(
      z.object({
        user: id,
        accounts: z.array(id).max(500).nullable(),
        purpose: z.enum(['check', 'test']),
      }),
    )
    .mutation(async (): Promise<{ leases: Lease[]; refused: RefusedLease[] }> => soon()),
  renew: trpc.storage
    .input(z.object({ leases: z.array(id).max(1000) }))
    .mutation(async (): Promise<{ lost: string[] }> => soon()),
  report: trpc.storage
    .input(z.object({ lease: id, result: pollResult }))
    .mutation(async (): Promise<{ lost: boolean }> => soon()),
});
