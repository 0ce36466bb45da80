import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { AskedPasskey } from '../../common/shapes/factor.ts';
import type { OidcWait } from '../../common/shapes/directory.ts';
import { id } from '../../common/shapes/ids.ts';
import type {
  RegisteredStep,
  SessionOptions,
  SignIn,
  SignInStep,
  SignedInUser,
  Tokens,
} from '../../common/shapes/session.ts';
import { formatTime } from '../../common/time.ts';
import { awaitNews } from '../await-news.ts';
import { redeemTicket, waitForTicket } from '../directory/oidc/tickets.ts';
import { demandActivePart } from '../part/demand-active.ts';
import { findHome } from '../part/demand-home.ts';
import { trpc } from '../trpc.ts';
import { clearRefreshCookie } from './refresh/cookie.ts';
import { endSession, endSessions } from './end-session.ts';
import { signOutInput } from '../lab/lab-shapes.ts';
import { readSignedInUser } from '../user/read-user.ts';
import { refreshSession } from './refresh/refresh-session.ts';
import { makeInvite, register } from '../registration/register.ts';
import { readRevocations } from './revocation-store.ts';
import { readSessionOptions } from './session-options.ts';
import { findSession, listSessions } from './session-store.ts';
import {
  endInput,
  refreshInput,
  registerInput,
  signInInput,
  ticketInput,
  unlockInput,
  type SessionRow,
} from './session-shapes.ts';
import { completeSignIn } from './sign-in/complete-sign-in.ts';
import { answerSignedIn, keepInCookie } from './sign-in/answer-signed-in.ts';
import { stepProcedures } from './ticket/step-api.ts';
import { proveUser } from './sign-in/prove-user.ts';
import { findUser } from '../user/user-store.ts';
import { askOwnPasskey } from '../vault/personal/passkey/change-opening.ts';
import { unlockSession } from '../vault/personal/unlock.ts';

export const sessionRouter = trpc.router({
  options: trpc.open.query(
    async ({ ctx: { server } }): Promise<SessionOptions> => await readSessionOptions(server),
  ),
  register: trpc.open
    .input(registerInput)
    .mutation(async ({ ctx, input }): Promise<SignIn | RegisteredStep> => {
      const completed = await register(ctx.server, input, ctx.caller.address);
      return 'step' in completed ? completed : answerSignedIn(ctx, completed);
    }),
  signIn: trpc.open.input(signInInput).mutation(async ({ ctx, input }): Promise<SignIn | SignInStep> => {
    const { server, caller } = ctx;
    const user = await proveUser(server, input, caller.address);
    const proven = { factorProven: false, password: input.password };
    const completed = await completeSignIn(server, user, input, caller.address, proven);
    return 'step' in completed ? completed : answerSignedIn(ctx, completed);
  }),
  finishOidc: trpc.open.input(ticketInput).mutation(async ({ ctx, input }): Promise<SignIn | SignInStep> => {
    const { server, caller, res } = ctx;
    const { user, ...factor } = await redeemTicket(server, input, res?.req ?? null);
    const proven = { password: null, ...factor };
    const completed = await completeSignIn(server, user, input, caller.address, proven);
    return 'step' in completed ? completed : answerSignedIn(ctx, completed);
  }),
  waitOidc: trpc.open
    .input(ticketInput.pick({ ticket: true }))
    .query(
      async ({ ctx: { server }, input, signal }): Promise<OidcWait> =>
        await waitForTicket(server, input.ticket, signal),
    ),
  ...stepProcedures,
  refresh: trpc.open.input(refreshInput).mutation(async ({ ctx, input }): Promise<Tokens> => {
    const from = { cookie: false, address: ctx.caller.address };
    return (await refreshSession(ctx.server, input.refreshToken, from)).tokens;
  }),
  /** What `unlock` by a passkey begins with; null where none of the user's opens anything. With an id, for letting that one. */
  askOpening: trpc.user
    .input(z.object({ passkey: id.nullable() }))
    .mutation(
      async ({ ctx: { server, caller }, input }): Promise<AskedPasskey | null> =>
        await askOwnPasskey(server, caller.user, input.passkey),
    ),
  /** Opens the accounts that only their user can; the session has another refresh token from then on. */
  unlock: trpc.user.input(unlockInput).mutation(async ({ ctx, input }): Promise<Tokens> => {
    const issued = await unlockSession(ctx.server, ctx.caller, input);
    keepInCookie(ctx, issued);
    return issued.tokens;
  }),
  signOut: trpc.user.input(signOutInput).mutation(async ({ ctx: { server, caller, res }, input }) => {
    const session = await findSession(server.db.read, caller.session);
    await endSession(server, caller.user, caller.session, input?.because ?? 'signed-out');
    if (session?.cookie === 1 && res !== null) clearRefreshCookie(res);
    return { ended: caller.session };
  }),
  whoami: trpc.user.query(
    async ({
      ctx: { server, caller },
    }): Promise<{
      user: SignedInUser;
      home: string | null;
      session: { id: string; expiresAt: string };
    }> => {
      const { read } = server.db;
      const user = await findUser(read, caller.user);
      const session = await findSession(read, caller.session);
      if (user === undefined || session === undefined)
        throw new MailError('not-signed-in', 'session is over');
      const home = await findHome(server, user.home);
      return {
        user: await readSignedInUser(server, user),
        home: home?.url ?? null,
        session: { id: session.id, expiresAt: formatTime(session.expires_at) },
      };
    },
  ),
  list: trpc.user.query(async ({ ctx: { server, caller } }): Promise<{ sessions: SessionRow[] }> => {
    const sessions = await listSessions(server.db.read, caller.user, server.clock.now());
    return {
      sessions: sessions.map(({ id, client, address, created_at, last_seen, lab, room, pc }) => ({
        id,
        client,
        address,
        createdAt: formatTime(created_at),
        lastSeen: formatTime(last_seen),
        current: id === caller.session,
        lab: lab === 1,
        room,
        pc,
      })),
    };
  }),
  end: trpc.user.input(endInput).mutation(async ({ ctx: { server, caller }, input }) => ({
    ended: await endSessions(server, caller, input),
  })),
  revoked: trpc.part
    .input(z.object({ since: z.number().int().min(0), wait: z.boolean() }))
    .query(async ({ ctx: { server, caller }, input, signal }) => {
      const leave = input.wait ? server.presence.enter(caller.part) : () => undefined;
      try {
        return await awaitNews(server, {
          topic: 'revocation',
          read: async () => {
            await demandActivePart(server, caller.part);
            return await readRevocations(server.db.read, input.since);
          },
          isNews: (news) => news.revoked.length > 0,
          wait: input.wait,
          signal,
        });
      } finally {
        leave();
      }
    }),
  makeInvite: trpc.admin
    .input(z.object({ home: id.nullable() }).optional())
    .mutation(
      async ({ ctx: { server, caller }, input }) =>
        await makeInvite(server, caller.user, input?.home ?? null),
    ),
});
