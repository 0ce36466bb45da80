import { z } from 'zod';

/** Why the client signs out; without a word somebody asked for it. */
export const signOutInput = z
  .object({ because: z.enum(['signed-out', 'idle', 'left']).optional() })
  .optional();
