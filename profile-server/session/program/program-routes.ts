import { MailError } from '../../../common/errors.ts';
import type { Route } from '../../../server-kit/http/server.ts';
import type { ProfileContext } from '../../context.ts';
import { PROGRAM } from './let-program-in.ts';

/**
 * Where a program sends the system's browser for a passkey: to the client's page at the one address that passkeys of this
 * server belong to, whatever name the program knows the server by. The fragment goes to no server and into no log.
 */
export function makeProgramRoutes(server: Pick<ProfileContext, 'settings'>): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/session\/program$/,
      open: true,
      handle: async ({ res, url }) => {
        const program = url.searchParams.get('for') ?? '';
        if (!PROGRAM.test(program)) {
          throw new MailError('invalid', 'no program is named', { field: 'for' });
        }
        const to = new URL(`/#/sign-in?for=${program}`, server.settings.publicUrl);
        res.writeHead(303, {
          location: to.href,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        });
        res.end();
      },
    },
  ];
}
