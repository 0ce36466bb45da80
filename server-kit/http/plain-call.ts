import type { IncomingMessage } from 'node:http';
import { BEARER } from './bearer.ts';
import { readBody, refuseType } from './read-body.ts';

const plainCalls = new WeakSet<IncomingMessage>();

/** Whether it came as a plain one: such a call may read, and change nothing. */
export function isPlainCall(req: IncomingMessage): boolean {
  return plainCalls.has(req);
}

/**
 * A call whose bearer token stands in its body: `text/plain`, the value of Authorization on the first line, the JSON after
 * it. A browser sends such a one to another origin without asking for leave before (Fetch 3.2.2, 4.8: a safelisted
 * Content-Type and no further header), which spares a round trip. It becomes the call that it stands for. MailErrors
 * `invalid` where there is no token, so that no form of another site is ever taken for one, and `too-large`.
 */
export async function unwrapPlainCall(req: IncomingMessage, limit: number): Promise<void> {
  if (req.method !== 'POST' || !/^text\/plain\b/i.test(req.headers['content-type'] ?? '')) return;
  const text = await readBody(req, limit);
  const end = text.indexOf('\n');
  const bearer = text.slice(0, Math.max(0, end));
  if (!BEARER.test(bearer)) throw refuseType();
  const body = text.slice(end + 1);
  plainCalls.add(req);
  req.headers.authorization = bearer;
  req.headers['content-type'] = 'application/json';
  req.headers['content-length'] = String(Buffer.byteLength(body));
  // Where tRPC looks for what was read before it.
  Object.assign(req, { body });
}
