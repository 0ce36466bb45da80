import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { secretText, smtpSettings } from '../../common/shapes/account.ts';
import { RECIPIENT_LIMIT } from '../../common/shapes/draft.ts';
import { id } from '../../common/shapes/ids.ts';
import { trpc } from '../trpc.ts';

const mailAddress = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@<>]+@[^\s@<>]+$/);

const explain = trpc.userOrStorage
  .input(z.object({ from: mailAddress, to: mailAddress, user: id.optional() }))
  .query(async ({ ctx, input }) => {
    const { caller } = ctx;
    const mayName = caller.kind === 'part' || caller.admin;
    if (input.user !== undefined && !mayName && input.user !== caller.user) {
      throw new MailError('forbidden', 'only admins may ask for another user', { reason: 'admins-only' });
    }
    const user = input.user ?? (caller.kind === 'user' ? caller.user : null);
    if (user === null) throw new MailError('invalid', 'name the user', { field: 'user' });
    if (caller.kind === 'part') await ctx.relay.demandHome(caller.part, user);
    return await ctx.relay.explainRoute(user, input.from, input.to);
  });

const check = trpc.storage
  .input(z.object({ user: id, from: mailAddress, to: z.array(z.string().max(1000)).max(RECIPIENT_LIMIT) }))
  .query(async ({ ctx, input }) => {
    await ctx.relay.demandHome(ctx.caller.part, input.user);
    return await ctx.relay.checkRoute(input.user, input.from, input.to);
  });

const domains = trpc.admin
  .input(z.object({ domains: z.array(z.string().min(1).max(253)).max(100) }))
  .query(async ({ ctx, input }) => ({ domains: await ctx.relay.describeDomains(input.domains) }));

const test = trpc.storage
  .input(z.object({ smtp: smtpSettings, secret: secretText.nullable() }))
  .mutation(async ({ ctx, input }) => await ctx.relay.testRoute(input.smtp, input.secret));

/** Which way a mail would leave, what would go wrong, and whether an account's smarthost lets us in. Nothing is sent. */
export const routeRouter = trpc.router({ check, domains, explain, test });
