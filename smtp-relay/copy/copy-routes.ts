import { pipeline } from 'node:stream/promises';
import { MailError } from '../../common/errors.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Route, RouteRequest } from '../../server-kit/http/server.ts';
import { readBody } from '../queue/body-store.ts';
import { findCopy } from './copy-store.ts';

/** GET /copy/QUEUEID: the exact bytes that leave, for the home of the user who submitted them, until it acknowledged the result. */
export function makeCopyRoutes(database: Database): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/copy\/(queue_\w{1,58})$/,
      handle: async (request) => await giveCopy(database, request),
    },
  ];
}

async function giveCopy(database: Database, { res, match, caller }: RouteRequest): Promise<void> {
  if (caller.kind !== 'part' || caller.partKind !== 'storage-server') {
    throw new MailError('forbidden', 'only storage-servers take copies');
  }
  const mail = await findCopy(database.read, caller.part, match[1] ?? '');
  if (mail === undefined) throw new MailError('not-found', 'no copy of this mail');
  res.writeHead(200, {
    'content-type': 'message/rfc822',
    'content-length': mail.size,
    'cache-control': 'no-store',
  });
  await pipeline(readBody(database, mail.id, mail.size), res);
}
