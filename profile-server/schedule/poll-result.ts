import { z } from 'zod';
import { ERROR_CODES } from '../../common/errors.ts';

const count = z.number().int().min(0);
/** What the server said that one must wait between two sign-ins (RFC 2449, LOGIN-DELAY), in seconds. */
const loginDelay = z.number().int().min(0).max(86_400).optional();

/** How a session on a maildrop ended; what is counted is durable. `error.message` is what the user reads beside the account. */
export const pollResult = z.union([
  z.object({
    ok: z.literal(true),
    new: count,
    bytes: count,
    messages: count,
    seconds: z.number().min(0).optional(),
    /** The provider lists only some at a time: due again at once. */
    more: z.boolean().optional(),
    loginDelay,
  }),
  z.object({
    ok: z.literal(false),
    new: count.optional(),
    bytes: count.optional(),
    messages: count.optional(),
    seconds: z.number().min(0).optional(),
    loginDelay,
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
