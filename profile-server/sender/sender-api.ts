import { z } from 'zod';
import { id } from '../../common/shapes/ids.ts';
import type { SenderState } from '../../common/shapes/sender.ts';
import { authoriseSender } from '../identity/authorise-sender.ts';
import { demandHome } from '../part/demand-home.ts';
import { trpc } from '../trpc.ts';
import { confirmCode } from './confirm-code.ts';
import { listSenders } from './list-senders.ts';
import { sendCode } from './send-code.ts';

const code = z.string().trim().min(1).max(40);

/** Who may send as what, and the proof that an address is its user's. */
export const senderRouter = trpc.router({
  authorise: trpc.relay
    .input(z.object({ user: id, from: z.string().max(1000) }))
    .query(async ({ ctx: { server }, input }) => await authoriseSender(server, input)),
  list: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ senders: SenderState[] }> => ({
    senders: await listSenders(server, caller.user),
  })),
  sendCode: trpc.user
    .input(z.object({ identity: id }))
    .mutation(
      async ({ ctx: { server, caller }, input }) => await sendCode(server, caller.user, input.identity),
    ),
  confirm: trpc.user
    .input(z.object({ identity: id, code }))
    .mutation(
      async ({ ctx: { server, caller }, input }) =>
        await confirmCode(server, caller.user, { ...input, how: 'code' }),
    ),
  /** A code that the user's home found in mail which this very account fetched from its maildrop. */
  confirmArrived: trpc.storage
    .input(z.object({ user: id, identity: id, code }))
    .mutation(async ({ ctx: { server, caller }, input: { user, ...input } }) => {
      await demandHome(server, caller.part, user);
      return await confirmCode(server, user, { ...input, how: 'mail' });
    }),
});
