import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';
import { authoriseSender } from './authorise-sender.ts';

export const senderRouter = trpc.router({
  authorise: trpc.relay
    .input(z.object({ user: id, from: z.string().max(1000) }))
    .query(async ({ ctx: { server }, input }) => await authoriseSender(server, input)),
});
