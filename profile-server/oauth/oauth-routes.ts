import { MailError } from '../../common/errors.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { ProfileContext } from '../context.ts';
import { readSignedInUser } from '../session/read-user.ts';
import { findUser } from '../session/user-store.ts';
import { answerCallback } from './answer-callback.ts';
import { CALLBACK_POLICY, chooseLanguage, makeCallbackPage } from './callback-page.ts';

const LONGEST_QUERY = 8192;

/** Where providers send the browser back to (CONTRACT, Settings): `PUBLIC_URL/oauth/callback`. */
export function makeOAuthRoutes(server: ProfileContext): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/oauth\/callback$/,
      open: true,
      handle: async ({ req, res, url }) => {
        // Who only looks (link checkers) must not use up the answer.
        if (req.method !== 'GET') {
          throw new MailError('invalid', 'only GET is possible here', { reason: 'method' });
        }
        if (url.search.length > LONGEST_QUERY) throw new MailError('too-large', 'the answer is too long');
        const end = await answerCallback(server, url.searchParams);
        const user = end.user === null ? undefined : await findUser(server.db.read, end.user);
        const known = user === undefined ? null : await readSignedInUser(server, user);
        const page = makeCallbackPage({
          language: known?.language ?? chooseLanguage(req.headers['accept-language']),
          user: known?.name ?? '',
          provider: end.provider ?? '',
          error: end.error,
        });
        res.writeHead(end.error === null ? 200 : 400, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': CALLBACK_POLICY,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
        });
        res.end(page);
      },
    },
  ];
}
