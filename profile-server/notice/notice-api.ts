import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { claimNotices, type Notice } from './claim-notices.ts';

/** The profile-server's own mails, which a relay takes and sends. */
export const noticeRouter = trpc.router({
  /** `done`: what the relay has made durable since its last call. Waits at most 25 s. */
  claim: trpc.relay
    .input(z.object({ done: z.array(id).max(100), wait: z.boolean() }))
    .mutation(async ({ ctx: { server }, input, signal }): Promise<{ notices: Notice[] }> => ({
      notices: await claimNotices(server, input, signal),
    })),
});
