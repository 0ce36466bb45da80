import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { MailError, fromWireError } from '../../common/errors.ts';

const CONNECT_MS = 15_000;

export interface HttpCall {
  method: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: IncomingMessage;
}

/**
 * One HTTP call by node:http: fetch would give up after five minutes without a header, which a check of large maildrops
 * may take. MailError `unavailable` when the server cannot be reached or breaks off.
 */
export async function callHttp(address: string, call: HttpCall): Promise<HttpAnswer> {
  const url = new URL(address);
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  return await new Promise((resolve, reject) => {
    // Once there is an answer, it counts: an upload that was refused early ends as a broken pipe on our side.
    const fail = (error: Error): void => reject(explainNetwork(url, error));
    const req = send(url, { method: call.method, headers: call.headers ?? {} }, (body) => {
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    req.on('error', fail);
    req.once('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => req.destroy(new Error('connecting took too long')), CONNECT_MS);
      socket.once('connect', () => clearTimeout(timer));
      socket.once('close', () => clearTimeout(timer));
    });
    if (call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array)
      req.end(call.body);
    else pipeline(call.body, req, (error) => error && fail(error));
  });
}

/** Reads a whole answer as text; MailError `unavailable` when it breaks off. */
export async function readText(answer: HttpAnswer, address: string): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer.body as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch (error) {
    throw explainNetwork(new URL(address), error as Error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The MailError in the JSON of a refused call. */
export function readRefusal(status: number, text: string): MailError {
  try {
    const parsed = JSON.parse(text) as { error?: unknown };
    const known = fromWireError(parsed.error);
    if (known !== null) return known;
  } catch (error) {
    return new MailError('protocol', `answered ${status} without JSON`, {
      reason: 'not-valija',
      cause: error,
    });
  }
  return new MailError('protocol', `answered ${status}`, { reason: 'not-valija' });
}

function explainNetwork(url: URL, error: Error): MailError {
  return new MailError('unavailable', `${url.origin}: ${error.message}`, {
    reason: 'cannot-reach-server',
    params: { server: url.origin },
    cause: error,
  });
}
