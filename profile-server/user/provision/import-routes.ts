import { MailError } from '../../../common/errors.ts';
import { readJson } from '../../../server-kit/http/answer.ts';
import type { Route } from '../../../server-kit/http/server.ts';
import type { ProfileContext } from '../../context.ts';
import { demandReach } from '../../group/reach.ts';
import { checkShape } from '../../profile/item/check-shape.ts';
import { importInput } from '../user-shapes.ts';
import { importUsers } from './import-users.ts';

/** Of 50,000 users with everything that a line can say. */
const LARGEST = 24 << 20;

/** POST /user/import: what `user.import` does, for files that are larger than what tRPC takes. */
export function makeImportRoutes(server: ProfileContext): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/user\/import$/,
      handle: async ({ req, res, caller }) => {
        if (caller.kind !== 'user') throw new MailError('forbidden', 'only users may do this');
        // Before 24 MiB are read and parsed for somebody who may not do it.
        await demandReach(server, caller);
        const input = checkShape(importInput, await readJson(req, LARGEST));
        const result = await importUsers(server, caller, input);
        res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        res.end(JSON.stringify(result));
      },
    },
  ];
}
