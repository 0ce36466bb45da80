import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PAGE_ORIGIN, toApp } from './addresses.ts';

/** Debian's Chromium asks its maker for updates and accounts whatever it is told; Electron has neither. */
const CHROMIUMS_OWN = /(?:^|\.)(?:google|googleapis|gvt1)\.com$/;

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

export interface Proxy {
  url: string;
  /** Addresses beyond this machine that something in the page asked for. They are answered with 502. */
  calledOut: string[];
  closeConnections(): void;
  close(): Promise<void>;
}

/**
 * All that Chromium asks for goes through here: our scheme to the handler that main registered, servers on this machine
 * with the origin they know, nothing else. Streams stay streams.
 */
export async function startProxy(findHandler: () => SchemeHandler | null): Promise<Proxy> {
  const calledOut: string[] = [];
  const note = (url: string): void => {
    if (!URL.canParse(url) || !CHROMIUMS_OWN.test(new URL(url).hostname)) calledOut.push(url);
  };
  const sockets = new Set<Socket>();
  const server = createServer((req, res) => {
    const url = req.url ?? '';
    const answer = url.startsWith(`${PAGE_ORIGIN}/`)
      ? answerApp(url, req, res, findHandler())
      : forward(url, req, res);
    answer.catch(() => res.destroy());
  });
  const forward = async (url: string, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!URL.canParse(url) || !isHere(new URL(url).hostname)) {
      note(url);
      res.writeHead(502).end();
      return;
    }
    await passOn(new URL(url), req, res);
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  // TLS would hide the request from us: no server of these tests has it.
  server.on('connect', (req, socket) => {
    note(`https://${req.url ?? ''}`);
    socket.end('HTTP/1.1 502 Not modelled\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const closeConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calledOut,
    closeConnections,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeConnections();
      await closed;
    },
  };
}

function isHere(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.');
}

async function answerApp(
  url: string,
  req: IncomingMessage,
  res: ServerResponse,
  handler: SchemeHandler | null,
): Promise<void> {
  if (handler === null) {
    res.writeHead(502).end();
    return;
  }
  const response = await handler(new Request(toApp(url), { method: req.method ?? 'GET' }));
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) res.end();
  else await pipeline(Readable.fromWeb(response.body as never), res);
}

async function passOn(url: URL, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const headers = { ...req.headers };
  delete headers['proxy-connection'];
  if (headers.origin === PAGE_ORIGIN) headers.origin = 'valija://app';
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const upstream = ask(url, { method: req.method ?? 'GET', headers }, resolve);
  upstream.on('error', reject);
  res.on('close', () => upstream.destroy());
  req.pipe(upstream);
  const answer = await promise;
  const back = { ...answer.headers };
  if (back['access-control-allow-origin'] === 'valija://app')
    back['access-control-allow-origin'] = PAGE_ORIGIN;
  res.writeHead(answer.statusCode ?? 502, back);
  res.flushHeaders();
  await pipeline(answer, res);
}
