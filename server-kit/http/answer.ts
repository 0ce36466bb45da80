import type { IncomingMessage, ServerResponse } from 'node:http';
import { MailError } from '../../common/errors.ts';
import type { Logger } from '../log.ts';
import { wireOf } from '../trpc.ts';
import { isJsonType, readBody, refuseType } from './read-body.ts';
import { statusOf } from './status.ts';

const EXPOSED = 'etag, content-range, content-disposition, accept-ranges, upload-offset, retry-after';

/** CORS for an origin that admission has already accepted; never with credentials. */
export function allowOrigin(req: IncomingMessage, res: ServerResponse): void {
  res.setHeader('vary', 'Origin');
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  if (req.headers.origin === undefined) return;
  res.setHeader('access-control-allow-origin', req.headers.origin);
  res.setHeader('access-control-expose-headers', EXPOSED);
}

export function answerPreflight(res: ServerResponse): void {
  res.writeHead(204, {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT',
    'access-control-allow-headers':
      'authorization, content-type, last-event-id, range, if-range, upload-key, upload-offset, upload-length, trpc-accept',
    'access-control-max-age': '7200',
  });
  res.end();
}

/** The JSON form of any error; a response that already began is cut, so that nobody takes half for whole. */
export function answerError(req: IncomingMessage, res: ServerResponse, error: unknown, log: Logger): void {
  const wire = wireOf(error);
  if (wire.code === 'internal') log.error('http.failed', { method: req.method, path: pathOf(req), error });
  else log.debug('http.refused', { method: req.method, path: pathOf(req), code: wire.code });
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const headers: Record<string, string> = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  if (wire.retryAfter !== null) headers['retry-after'] = String(Math.ceil(wire.retryAfter));
  // What is left of an upload that was refused would otherwise be read as the next request.
  if (!req.complete) headers['connection'] = 'close';
  res.writeHead(statusOf(wire.code), headers);
  res.end(JSON.stringify({ error: wire }));
}

/** The path without the query, which may carry a signature. */
function pathOf(req: IncomingMessage): string {
  return (req.url ?? '').split('?')[0] ?? '';
}

/** Reads a small JSON body; MailError `invalid` or `too-large`. */
export async function readJson(req: IncomingMessage, limit: number): Promise<unknown> {
  if (!isJsonType(req)) throw refuseType();
  const text = await readBody(req, limit);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new MailError('invalid', 'the body is not JSON', { reason: 'json', cause: error });
  }
}
