import { request as requestPlain, type IncomingMessage } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { MailError } from '../../common/errors.ts';
import type { EgressGuard } from './guard.ts';

export interface GuardedRequest {
  method: string;
  headers?: Record<string, string>;
  body?: string | null;
  /** For all of it: name, connection, TLS and the whole answer. Milliseconds. */
  timeoutMs: number;
  /** Of the answer's body; MailError `too-large` above. */
  maxBytes: number;
  signal?: AbortSignal;
}

/**
 * One HTTP request to an address that the guard has checked: no redirect is followed, no cookie kept, no proxy asked.
 * MailError `dns`, `host-not-allowed`, `connect-refused`, `timeout`, `tls`, `dropped`, `protocol` or `too-large`; its
 * message names the host only, since a query may hold a secret.
 */
export async function fetchGuarded(
  guard: EgressGuard,
  target: string,
  what: GuardedRequest,
): Promise<Response> {
  const url = new URL(target);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const late = AbortSignal.timeout(what.timeoutMs);
  const signal = what.signal === undefined ? late : AbortSignal.any([late, what.signal]);
  let socket: Socket | null = null;
  try {
    const connecting = guard.connect(host, port, 'http', { timeoutMs: what.timeoutMs, signal });
    const tcp = await leaveWhenLate(connecting, signal);
    socket = tcp;
    const stream = secure ? await encrypt(tcp, host, signal) : tcp;
    const answer = await ask(stream, url, what, signal);
    const body = await readBody(answer, what.maxBytes, host);
    return makeResponse(answer, body, host);
  } catch (error) {
    throw explain(error, host, late);
  } finally {
    // `destroy` with the connection: each request has one of its own.
    socket?.destroy();
  }
}

/** A lookup by the system cannot be cancelled, only left; a connection that comes after that is closed. */
async function leaveWhenLate(connecting: Promise<Socket>, signal: AbortSignal): Promise<Socket> {
  const left = Promise.withResolvers<never>();
  const leave = (): void => {
    left.reject(signal.reason);
    void connecting.then((socket) => socket.destroy()).catch(() => undefined);
  };
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([connecting, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

async function encrypt(tcp: Socket, host: string, signal: AbortSignal): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const named = isIP(host) === 0 ? { servername: host } : { host };
    const tls = connectTls({ socket: tcp, ALPNProtocols: ['http/1.1'], ...named }, () => resolve(tls));
    // For as long as it lives: an end that comes late must not be an uncaught error.
    tls.on('error', (cause) => {
      reject(new MailError('tls', `no safe connection to ${host}`, { params: { host }, cause }));
    });
    signal.addEventListener('abort', () => tls.destroy(new Error('aborted')), { once: true });
  });
}

async function ask(
  stream: Socket,
  url: URL,
  what: GuardedRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const { method, headers = {}, body = null } = what;
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = requestPlain(
      {
        method,
        path: url.pathname + url.search,
        headers: { ...headers, ...length, host: url.host, connection: 'close' },
        createConnection: () => stream,
        signal,
        maxHeaderSize: 32 * 1024,
      },
      resolve,
    );
    request.once('error', reject);
    request.end(body ?? undefined);
  });
}

async function readBody(answer: IncomingMessage, maxBytes: number, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new MailError('too-large', `${host} answers with more than ${maxBytes} bytes`, {
        params: { host, limit: maxBytes },
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function makeResponse(answer: IncomingMessage, body: Buffer, host: string): Response {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) {
    throw new MailError('protocol', `${host} answers with status ${status}`, { params: { host } });
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : new Uint8Array(body), { status, headers });
}

function explain(error: unknown, host: string, late: AbortSignal): unknown {
  if (late.aborted) return new MailError('timeout', `${host} does not answer in time`, { params: { host } });
  if (error instanceof MailError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // What the parser of HTTP refuses is no HTTP.
  if (code.startsWith('HPE_')) {
    return new MailError('protocol', `${host} does not speak HTTP`, { params: { host }, cause: error });
  }
  return new MailError('dropped', `${host} broke off`, { params: { host }, cause: error });
}
