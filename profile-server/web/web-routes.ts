import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeFramePolicy, makePagePolicy } from '../../common/content-policy.ts';
import type { PartKind } from '../../server-kit/auth/caller.ts';
import type { Route } from '../../server-kit/http/server.ts';
import type { ProfileContext } from '../context.ts';
import { listParts } from '../part/part-store.ts';
import { answerFile } from './static-files.ts';

/** Names in `assets/` carry a hash of their content: what was fetched once never changes. */
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** The web client: the last routes, since any path that is no file shows the client's page. */
export function makeWebRoutes(server: ProfileContext, root: string): Route[] {
  const publicUrl = new URL(server.settings.publicUrl);
  const page =
    (path: string, own: () => Promise<Record<string, string>>) =>
    async (req: IncomingMessage, res: ServerResponse) =>
      await answerFile(root, { path, headers: { ...pageHeaders(publicUrl), ...(await own()) } }, req, res);
  const answerIndex = page('index.html', async () => ({
    'content-security-policy': makePagePolicy(await listServers(server), await readIndex(root)),
    ...announceHomes(publicUrl, await listServers(server, 'storage-server')),
  }));
  const answerFrame = page('frame.html', async () => ({
    'content-security-policy': makeFramePolicy(await listServers(server, 'storage-server')),
  }));
  return [
    {
      method: 'GET',
      path: /^\/(.*)$/,
      open: true,
      handle: async ({ req, res, url, match }) => {
        // One origin only: passkeys, cookies and the allowed origins all mean the public one.
        if (req.headers.host?.toLowerCase() !== publicUrl.host) {
          res.writeHead(307, { location: publicUrl.origin + url.pathname + url.search });
          res.end();
          return;
        }
        const path = match[1] ?? '';
        if (path === 'frame') return await answerFrame(req, res);
        // A last segment without a dot is a place in the client, not a file.
        if (!/\.[^/]*$/.test(path) || path === 'index.html') return await answerIndex(req, res);
        const caching = path.startsWith('assets/') ? FOREVER : ASK_AGAIN;
        await answerFile(root, { path, headers: { 'cache-control': caching } }, req, res);
      },
    },
  ];
}

function pageHeaders(publicUrl: URL): Record<string, string> {
  return {
    'cache-control': ASK_AGAIN,
    'cross-origin-opener-policy': 'same-origin',
    'x-dns-prefetch-control': 'off',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    ...(publicUrl.protocol === 'https:' ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Empty where there is none: then the file is not found either. */
async function readIndex(root: string): Promise<string> {
  return await readFile(join(root, 'index.html'), 'utf8').catch(() => '');
}

/** With more storage-servers than this nobody knows which the user's home is: then browsers are told of none. */
const MOST_HOMES = 2;

/**
 * Tells the page's own script where the user's home is before anybody is known, so that it connects there meanwhile: a round
 * trip less before the first mail. A header, since the page is one file for all; of those that a page can read about
 * itself there is only this one. `Link: rel=preconnect` is passed over by private windows.
 */
function announceHomes(publicUrl: URL, origins: readonly string[]): Record<string, string> {
  const others = origins.filter((origin) => origin !== publicUrl.origin);
  if (others.length === 0 || others.length > MOST_HOMES) return {};
  return { 'server-timing': others.map((origin) => `home;desc="${origin}"`).join(', ') };
}

/** Addresses of the active storage-servers and relays, or of those of one kind. */
async function listServers(server: ProfileContext, kind?: PartKind): Promise<string[]> {
  const parts = await listParts(server.db.read);
  return parts.flatMap((part) =>
    part.state === 'active' && part.url !== null && (kind === undefined || part.kind === kind)
      ? [new URL(part.url).origin]
      : [],
  );
}
