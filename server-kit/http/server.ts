import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyTRPCRouter } from '@trpc/server';
import { MailError } from '../../common/errors.ts';
import type { Caller } from '../auth/caller.ts';
import type { Logger } from '../log.ts';
import { APP_ORIGIN, admitRequest, listKnownHosts } from './admission.ts';
import { answerError, answerPreflight, allowOrigin } from './answer.ts';
import { BEARER } from './bearer.ts';
import { OpenRequests } from './open-requests.ts';
import { isLoopbackHost } from './loopback.ts';
import { unwrapPlainCall } from './plain-call.ts';
import { MAX_CALL, mountTrpc } from './trpc-mount.ts';

/** A request that was admitted; `match` is what the route's path found in the URL's. */
export interface RouteRequest {
  req: IncomingMessage;
  res: ServerResponse;
  url: URL;
  match: RegExpExecArray;
  caller: Caller;
}

/** An address of its own beside tRPC. A MailError that `handle` throws becomes a JSON answer with the fitting status. */
export interface Route {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  path: RegExp;
  /** True: answered without a bearer token too. */
  open?: boolean;
  handle(request: RouteRequest): Promise<void>;
}

export interface HttpServerOptions<Context> {
  name: string;
  host: string;
  port: number;
  tls: { cert: string; key: string } | null;
  /** The address clients see of this server. */
  publicUrl: string;
  /** The web client's origin, where it is another server's. */
  extraOrigins: readonly string[];
  behindProxy: boolean;
  routes: readonly Route[];
  router: AnyTRPCRouter;
  /** By the URL's path, such as `/trpc/mail.list,mail.show`: whose answers may go out compressed, see compress.ts. */
  compresses?: (path: string) => boolean;
  createContext(caller: Caller, req: IncomingMessage, res: ServerResponse): Context;
  authenticate(bearer: string | null, address: string): Promise<Caller>;
  isHealthy(): Promise<boolean>;
  /** Prometheus text without names or addresses. */
  metrics(): string;
  metricsToken: string | null;
  log: Logger;
}

export interface HttpServer {
  port: number;
  url: string;
  /** Ends every request under way whose caller matches: revoked sessions, shut-out parts. */
  endWhere(matches: (caller: Caller) => boolean): void;
  close(): Promise<void>;
}

/** One part's HTTP face: admission, /trpc, /health, /metrics, then its own routes. */
export async function startHttpServer<Context>(options: HttpServerOptions<Context>): Promise<HttpServer> {
  const { log } = options;
  const origins = new Set([new URL(options.publicUrl).origin, APP_ORIGIN, ...options.extraOrigins]);
  const requests = new OpenRequests();
  let hosts = new Set<string>();

  const authenticate = async (req: IncomingMessage, res: ServerResponse): Promise<Caller> => {
    const caller = await options.authenticate(readBearer(req), readAddress(req, options.behindProxy));
    requests.track(res, caller);
    return caller;
  };
  const trpc = mountTrpc({ ...options, authenticate });

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    admitRequest(
      {
        method: req.method ?? '',
        host: req.headers.host,
        origin: req.headers.origin,
        hasBearer: req.headers.authorization !== undefined,
      },
      { hosts, origins },
    );
    allowOrigin(req, res);
    if (req.method === 'OPTIONS') return answerPreflight(res);
    const url = URL.parse(req.url ?? '/', options.publicUrl);
    if (url === null) throw new MailError('not-found', 'no address', { reason: 'path' });
    if (url.pathname.startsWith('/trpc/')) {
      await unwrapPlainCall(req, MAX_CALL);
      return trpc(req, res);
    }
    if (url.pathname === '/health') return await answerHealth(options, res);
    if (url.pathname === '/metrics') return answerMetrics(options, req, res);
    const { route, match } = findRoute(options.routes, req.method ?? '', url.pathname);
    const caller = await authenticate(req, res);
    if (route.open !== true && caller.kind === 'anonymous') {
      throw new MailError('not-signed-in', 'sign in first');
    }
    await route.handle({ req, res, url, match, caller });
  };
  const unanswered = new Set<ServerResponse>();
  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    unanswered.add(res);
    res.once('close', () => unanswered.delete(res));
    answer(req, res).catch((error: unknown) => answerError(req, res, error, log));
  };
  const server = options.tls === null ? createServer(listener) : createTlsServer(options.tls, listener);
  // Uploads of years of mail over slow lines take long; a request that stalls is ended by the handler that reads it.
  server.requestTimeout = 24 * 60 * 60_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  const port = await listen(server, options.host, options.port);
  hosts = listKnownHosts(options.publicUrl, { host: options.host, port });
  log.info('http.listening', { host: options.host, port });
  return {
    port,
    url: options.publicUrl,
    endWhere: (matches) => requests.endWhere(matches),
    close: async () => {
      requests.endWhere(() => true);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const answered = [...unanswered].map((res) => new Promise((resolve) => res.once('close', resolve)));
      await Promise.race([Promise.all(answered), sleep(3000, undefined, { ref: false })]);
      // Not only the idle ones: a connection that never asked anything counts as busy to Node.
      server.closeAllConnections();
      await closed;
    },
  };
}

function findRoute(routes: readonly Route[], method: string, path: string) {
  let pathKnown = false;
  for (const route of routes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    pathKnown = true;
    if (route.method === method || (route.method === 'GET' && method === 'HEAD')) return { route, match };
  }
  if (pathKnown) throw new MailError('invalid', `${method} is not possible here`, { reason: 'method' });
  throw new MailError('not-found', 'nothing at this address', { reason: 'path' });
}

function readBearer(req: IncomingMessage): string | null {
  const header = req.headers.authorization;
  if (header === undefined) return null;
  const match = BEARER.exec(header);
  if (match === null) throw new MailError('not-signed-in', 'authorization is not a bearer token');
  return match[1] ?? null;
}

/** The peer's address; the last hop that the proxy in front added counts only with --behind-proxy. */
function readAddress(req: IncomingMessage, behindProxy: boolean): string {
  const forwarded = req.headers['x-forwarded-for'];
  if (behindProxy && typeof forwarded === 'string') return forwarded.split(',').at(-1)?.trim() ?? '';
  return req.socket.remoteAddress ?? '';
}

async function answerHealth(options: { isHealthy(): Promise<boolean> }, res: ServerResponse): Promise<void> {
  const healthy = await options.isHealthy();
  res.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  res.end(JSON.stringify({ ok: healthy }));
}

function answerMetrics(
  options: { metrics(): string; metricsToken: string | null; behindProxy: boolean },
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const local =
    !options.behindProxy && isLoopbackHost((req.socket.remoteAddress ?? '').replace(/^::ffff:/, ''));
  const bearer = options.metricsToken !== null && readBearer(req) === options.metricsToken;
  if (!local && !bearer) throw new MailError('forbidden', 'metrics are for loopback or the metrics token');
  res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  res.end(options.metrics());
}

async function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new MailError('unavailable', `port ${port} is taken`, {
              reason: 'port-taken',
              params: { port, host },
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
