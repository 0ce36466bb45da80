import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { makeFramePolicy, makePagePolicy } from '../../../common/content-policy.ts';
import { APP_ORIGIN } from './app-origin.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The file of the built client behind an address of our scheme, relative to its folder; null: there is none. */
export function findAppFile(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null;
  if (url.pathname === '/') return 'index.html';
  if (url.pathname === '/frame') return 'frame.html';
  const asset = /^\/(assets\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)$/.exec(url.pathname)?.[1] ?? null;
  return asset !== null && extname(asset) in TYPES ? asset : null;
}

/** Answers requests of our scheme from `folder`. `listServers` is asked for each page, so a reload names the present ones. */
export function serveApp(
  folder: string,
  listServers: () => readonly string[],
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const file = findAppFile(request.url);
    if (file === null) return refuse(404);
    try {
      const headers: Record<string, string> = {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      };
      const body = await readFile(join(folder, file));
      if (file === 'index.html')
        headers['content-security-policy'] = makePagePolicy(listServers(), body.toString());
      if (file === 'frame.html') headers['content-security-policy'] = makeFramePolicy(listServers());
      return new Response(body, { headers });
    } catch {
      return refuse(404);
    }
  };
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': "default-src 'none'" } });
}
