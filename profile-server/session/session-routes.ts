import { MailError } from '../../common/errors.ts';
import { readJson } from '../../server-kit/http/answer.ts';
import { compressAnswer } from '../../server-kit/http/compress.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { ProfileContext } from '../context.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh/cookie.ts';
import { lifeOf } from '../lab/session-life.ts';
import { refreshSession } from './refresh/refresh-session.ts';
import { readOwner } from './refresh/read-owner.ts';

const BODY_LIMIT = 1024;

/** The one place where the refresh cookie is read, and the published keys. */
export function makeSessionRoutes(server: ProfileContext): Route[] {
  return [
    {
      method: 'POST',
      path: /^\/session\/refresh$/,
      open: true,
      handle: async ({ req, res, caller }) => {
        // A page elsewhere, and another program on this machine, share cookies but not the origin.
        if (req.headers.origin !== new URL(server.settings.publicUrl).origin) {
          throw new MailError('forbidden', 'only the web client may do this', { reason: 'unknown-origin' });
        }
        const asked = (await readJson(req, BODY_LIMIT)) as { profile?: unknown } | null;
        const token = readRefreshCookie(req);
        if (token === null)
          throw new MailError('not-signed-in', 'no refresh cookie', { reason: 'no-cookie' });
        try {
          const from = { cookie: true, address: caller.address };
          const { tokens, refreshToken, session } = await refreshSession(server, token, from);
          const life = { remember: session.remember === 1, milliseconds: lifeOf(session) };
          setRefreshCookie(res, refreshToken, life);
          // Each of these tokens is told once, and only the page can have it told: its length gives nothing away (compress.ts).
          compressAnswer(req, res);
          const owner = asked?.profile === true ? await readOwner(server, session.user) : {};
          answerJson(res, { ...tokens, ...owner }, 'no-store');
        } catch (error) {
          if (error instanceof MailError && error.code === 'not-signed-in') clearRefreshCookie(res);
          throw error;
        }
      },
    },
    {
      method: 'GET',
      path: /^\/\.well-known\/jwks\.json$/,
      open: true,
      handle: async ({ res }) => answerJson(res, await server.signingKeys.published(), 'public, max-age=60'),
    },
  ];
}

function answerJson(res: Parameters<Route['handle']>[0]['res'], value: unknown, caching: string): void {
  res.setHeader('content-type', 'application/json');
  res.setHeader('cache-control', caching);
  res.end(JSON.stringify(value));
}
