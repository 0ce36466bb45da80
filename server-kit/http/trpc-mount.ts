import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import type { AnyTRPCRouter } from '@trpc/server';
import type { Caller } from '../auth/caller.ts';
import { wireOf } from '../trpc.ts';
import { compressAnswer } from './compress.ts';
import { isPlainCall } from './plain-call.ts';
import { isJsonType, refuseType } from './read-body.ts';
import { statusOf } from './status.ts';

export interface TrpcMountOptions<Context> {
  router: AnyTRPCRouter;
  createContext(caller: Caller, req: IncomingMessage, res: ServerResponse): Context;
  authenticate(req: IncomingMessage, res: ServerResponse): Promise<Caller>;
  /** By the URL's path, such as `/trpc/mail.list,mail.show`: whether the answer may go out compressed; none may where nothing is said. */
  compresses?: (path: string) => boolean;
}

/** Bytes of a call's body. */
export const MAX_CALL = 1 << 20;

/** /trpc: at most 10 calls a batch and 1 MiB a body; changes only by POST of JSON. */
export function mountTrpc<Context>(options: TrpcMountOptions<Context>) {
  const handle = createHTTPHandler({
    router: options.router,
    basePath: '/trpc/',
    maxBatchSize: 10,
    maxBodySize: MAX_CALL,
    // Queries by POST have one address whatever their input: a browser asks once for leave (CORS), not for each mail.
    allowMethodOverride: true,
    createContext: async ({ req, res, info }) => {
      if (req.method === 'POST' && !isJsonType(req)) throw refuseType();
      if (isPlainCall(req) && info.type !== 'query' && info.type !== 'unknown') throw refuseType();
      return options.createContext(await options.authenticate(req, res), req, res) as never;
    },
    responseMeta: ({ errors, type }) => {
      const headers: [string, string][] = type === 'subscription' ? [] : [['cache-control', 'no-store']];
      const first = errors[0];
      if (first === undefined) return { headers: new Headers(headers) };
      return { status: statusOf(wireOf(first).code), headers: new Headers(headers) };
    },
  });
  return (req: IncomingMessage, res: ServerResponse): void => {
    forbidStoring(res);
    const path = (req.url ?? '').split('?')[0] ?? '';
    if (options.compresses?.(path) === true) compressAnswer(req, res);
    handle(req, res);
  };
}

/** The library lets browsers write streams to their disk, as long as they ask before they show them again. */
function forbidStoring(res: ServerResponse): void {
  const set = res.setHeader.bind(res);
  res.setHeader = (name, value) => {
    const isCaching = name.toLowerCase() === 'cache-control';
    return set(name, isCaching ? String(value).replace('no-cache', 'no-store') : value);
  };
}
