import { z } from 'zod';
import {
  openingAnswer,
  proofInput,
  type AddedFactor,
  type BegunPasskey,
  type BegunTotp,
  type FactorList,
} from '../../common/shapes/factor.ts';
import { id } from '../../common/shapes/ids.ts';
import { newPasskey } from '../../common/shapes/passkey.ts';
import { MailError } from '../../common/errors.ts';
import { ticketText } from '../session/ticket/step-shapes.ts';
import { trpc } from '../trpc.ts';
import { addFactor, beginPasskey, beginTotp, removeFactor, renewRecovery } from './change-factors.ts';
import { listFactors } from './factors.ts';
import { checkPasskeyName } from './passkey/passkey-rule.ts';
import { endOpening, letPasskeyOpen } from '../vault/personal/passkey/change-opening.ts';
import { listPasskeysOf, renamePasskey } from './passkey/passkey-store.ts';

const name = z.string().max(400);
const proof = z.object({ proof: proofInput });
const done = {} as Record<string, never>;

/** What users prove themselves by beside the password: each for who is signed in. */
export const factorRouter = trpc.router({
  list: trpc.user.query(
    async ({ ctx: { server, caller } }): Promise<FactorList> => await listFactors(server, caller.user),
  ),
  beginTotp: trpc.user
    .input(proof)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<BegunTotp> =>
        await beginTotp(server, caller, input.proof),
    ),
  confirmTotp: trpc.user
    .input(z.object({ ticket: ticketText, code: z.string().max(100) }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<AddedFactor> => {
      const given = { ticket: input.ticket, totp: input.code };
      return { recovery: await addFactor(server, caller, given) };
    }),
  removeTotp: trpc.user.input(proof).mutation(async ({ ctx: { server, caller }, input }) => {
    await removeFactor(server, caller, 'totp', input.proof);
    return done;
  }),
  beginPasskey: trpc.user
    .input(proof)
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<BegunPasskey> =>
        await beginPasskey(server, caller, input.proof),
    ),
  addPasskey: trpc.user
    .input(z.object({ ticket: ticketText, newPasskey, name }))
    .mutation(async ({ ctx: { server, caller }, input }): Promise<AddedFactor> => ({
      recovery: await addFactor(server, caller, input),
    })),
  renamePasskey: trpc.user
    .input(z.object({ id, name }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      const chosen = checkPasskeyName(input.name);
      await server.db.write(async (tx) => {
        const own = await listPasskeysOf(tx, caller.user);
        if (!own.some((passkey) => passkey.id === input.id)) {
          throw new MailError('not-found', `no passkey ${input.id}`, { reason: 'factor' });
        }
        await renamePasskey(tx, caller.user, input.id, chosen);
      });
      return done;
    }),
  removePasskey: trpc.user
    .input(z.object({ id, proof: proofInput }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      await removeFactor(server, caller, { passkey: input.id }, input.proof);
      return done;
    }),
  /** Lets a passkey open the accounts that only their user can, by his password. */
  letOpen: trpc.user
    .input(openingAnswer.extend({ password: z.string().max(4096) }))
    .mutation(async ({ ctx: { server, caller }, input }) => {
      await letPasskeyOpen(server, caller.user, input);
      return done;
    }),
  endOpening: trpc.user.input(z.object({ id })).mutation(async ({ ctx: { server, caller }, input }) => {
    await endOpening(server, caller.user, input.id);
    return done;
  }),
  newRecovery: trpc.user
    .input(proof)
    .mutation(async ({ ctx: { server, caller }, input }): Promise<{ recovery: string[] }> => ({
      recovery: await renewRecovery(server, caller, input.proof),
    })),
});
