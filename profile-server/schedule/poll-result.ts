import { z } from 'zod';
import { ERROR_CODES } from '../../common/errors.ts';

const count = z.number().int().min(0);

/** How a session on a maildrop ended. `error.message` is what the user reads beside the account. */
export const pollResult = z.union([
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
      retryAfter: z.number().min(0).max(86_400).nullable(),
    }),
  }),
]);
export type PollResult = z.infer<typeof pollResult>;
