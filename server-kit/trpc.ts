import { TRPCError, initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import { MailError, toWireError, type WireError } from '../common/errors.ts';
import type { Caller, PartCaller, PartKind, UserCaller } from './auth/caller.ts';
import type { Logger } from './log.ts';

/** What every procedure of every server gets at least. */
export interface CallContext {
  caller: Caller;
  log: Logger;
}

/**
 * tRPC for one server. Each builder says who may call and narrows `ctx.caller`;
 * errors cross the wire as `data.valija` (WireError).
 */
export function makeTrpc<Context extends CallContext>() {
  const t = initTRPC.context<Context>().create({
    // A stream says so by itself every 15 s, so that proxies keep it and clients notice when it is dead.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter: ({ shape, error }) => {
      const valija = wireOf(error);
      // The library's message would be the cause's own words.
      const { code, httpStatus } = shape.data;
      return { message: valija.code, code: shape.code, data: { code, httpStatus, valija } };
    },
  });
  const open = t.procedure.use(async ({ ctx, path, next }) => {
    const result = await next();
    if (!result.ok) logFailure(ctx.log, path, result.error);
    return result;
  });
  const user = open.use(async ({ ctx, next }) => await next({ ctx: { caller: demandUser(ctx.caller) } }));
  const admin = open.use(async ({ ctx, next }) => {
    const caller = demandUser(ctx.caller);
    if (!caller.admin) throw new MailError('forbidden', 'only admins may do this', { reason: 'admins-only' });
    return await next({ ctx: { caller } });
  });
  const part = open.use(async ({ ctx, next }) => await next({ ctx: { caller: demandPart(ctx.caller) } }));
  const storage = open.use(
    async ({ ctx, next }) => await next({ ctx: { caller: demandPart(ctx.caller, 'storage-server') } }),
  );
  const relay = open.use(
    async ({ ctx, next }) => await next({ ctx: { caller: demandPart(ctx.caller, 'smtp-relay') } }),
  );
  const userOrStorage = open.use(async ({ ctx, next }) => {
    const caller: UserCaller | PartCaller =
      ctx.caller.kind === 'user' ? ctx.caller : demandPart(ctx.caller, 'storage-server');
    return await next({ ctx: { caller } });
  });
  return {
    router: t.router,
    merge: t.mergeRouters,
    createCaller: t.createCallerFactory,
    open,
    user,
    admin,
    part,
    storage,
    relay,
    userOrStorage,
  };
}

function demandUser(caller: Caller): UserCaller {
  if (caller.kind === 'user') return caller;
  if (caller.kind === 'anonymous') throw new MailError('not-signed-in', 'sign in first');
  throw new MailError('forbidden', 'only users may do this');
}

function demandPart(caller: Caller, kind?: PartKind): PartCaller {
  if (caller.kind === 'anonymous') throw new MailError('not-signed-in', 'a service token is needed');
  if (caller.kind !== 'part' || (kind !== undefined && caller.partKind !== kind)) {
    throw new MailError('forbidden', 'only parts of Valija may do this');
  }
  return caller;
}

/** What the peer hears of any error: the code of the contract, never a cause. */
export function wireOf(error: unknown): WireError {
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (cause instanceof MailError) return toWireError(cause);
  if (cause instanceof ZodError) {
    const issue = cause.issues[0];
    const field = issue?.path.join('.') ?? '';
    return toWireError(
      new MailError('invalid', 'input refused', {
        reason: 'input',
        params: { field, problem: issue?.message ?? '' },
        ...(field === '' ? {} : { field }),
      }),
    );
  }
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') {
    const code =
      error.code === 'NOT_FOUND' ? 'not-found' : error.code === 'PAYLOAD_TOO_LARGE' ? 'too-large' : 'invalid';
    return toWireError(new MailError(code, error.message));
  }
  return toWireError(new MailError('internal', 'internal error'));
}

function logFailure(log: Logger, path: string, error: TRPCError): void {
  if (wireOf(error).code === 'internal') log.error('call.failed', { path, error: error.cause ?? error });
  else log.debug('call.refused', { path, code: wireOf(error).code });
}
