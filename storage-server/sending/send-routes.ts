import { MailError } from '../../common/errors.ts';
import type { Route, RouteRequest } from '../../server-kit/http/server.ts';
import { demandUser, drain, endStalled } from '../draft/draft-routes.ts';
import { sendOptions } from './sending-api.ts';
import type { Sending } from './sending.ts';

/** POST /send?key=&undo=&at= with a message/rfc822 body: STATUS as soon as it is durable in Sent. */
export function makeSendRoutes(sending: Pick<Sending, 'sendRaw'>): Route[] {
  return [
    { method: 'POST', path: /^\/send$/, handle: async (request) => await takeMessage(sending, request) },
  ];
}

async function takeMessage(sending: Pick<Sending, 'sendRaw'>, request: RouteRequest): Promise<void> {
  const { req, res, url, caller } = request;
  endStalled(req);
  try {
    const user = demandUser(caller);
    if (!/^message\/rfc822\b/i.test(req.headers['content-type'] ?? '')) {
      throw new MailError('invalid', 'content-type must be message/rfc822', { reason: 'content-type' });
    }
    const query = url.searchParams;
    const options = sendOptions.safeParse({
      undo: Number(query.get('undo') ?? '0'),
      at: query.get('at'),
      key: query.get('key'),
    });
    if (!options.success) {
      const field = String(options.error.issues[0]?.path[0] ?? '');
      throw new MailError('invalid', `${field} is not valid`, { field });
    }
    const status = await sending.sendRaw(user, { ...options.data, body: req });
    // A known key is answered without reading the body again.
    await drain(req);
    res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    res.end(JSON.stringify(status));
  } catch (error) {
    await drain(req);
    if (error instanceof MailError || req.complete) throw error;
    throw new MailError('dropped', 'the sender went away', { cause: error });
  }
}
