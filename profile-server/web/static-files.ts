import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MailError } from '../../common/errors.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];
/** Plain names only: no dot in front, no way up, no escapes. */
const SAFE_PATH = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

export interface StaticAnswer {
  /** Within the web root, with `/` between. */
  path: string;
  headers: Record<string, string>;
}

/** Answers with a file of the built client, compressed beforehand where the build did so. MailError `not-found`. */
export async function answerFile(
  root: string,
  file: StaticAnswer,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const type = TYPES[extname(file.path)];
  if (!SAFE_PATH.test(file.path) || type === undefined) throw notFound();
  const chosen = await chooseForm(join(root, file.path), req.headers['accept-encoding'] ?? '');
  if (chosen === null) throw notFound();
  const etag = makeEtag(chosen, file.headers);
  const headers: Record<string, string> = {
    ...file.headers,
    'content-type': type,
    etag,
    vary: 'Origin, Accept-Encoding',
  };
  if (chosen.encoding !== null) headers['content-encoding'] = chosen.encoding;
  if (req.headers['if-none-match'] === etag) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  res.writeHead(200, { ...headers, 'content-length': String(chosen.size) });
  if (req.method === 'HEAD') res.end();
  else await pipeline(createReadStream(chosen.path), res);
}

/**
 * Of the file, its form and its headers: a browser that gets 304 keeps the stored `content-*` headers, so that a page whose
 * policy has changed must count as changed.
 */
function makeEtag(form: Form, headers: Record<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(headers)).digest('base64url').slice(0, 8);
  return `"${form.size.toString(36)}-${Math.floor(form.mtimeMs).toString(36)}-${hash}${form.suffix}"`;
}

interface Form {
  path: string;
  suffix: string;
  encoding: string | null;
  size: number;
  mtimeMs: number;
}

async function chooseForm(path: string, accepted: string): Promise<Form | null> {
  for (const { name, suffix } of ENCODINGS) {
    if (!new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))`).test(accepted)) continue;
    const found = await statFile(path + suffix);
    if (found !== null) return { path: path + suffix, suffix, encoding: name, ...found };
  }
  const plain = await statFile(path);
  return plain === null ? null : { path, suffix: '', encoding: null, ...plain };
}

async function statFile(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : null;
  } catch {
    // Not there, or not for us: both are "no such page".
    return null;
  }
}

function notFound(): MailError {
  return new MailError('not-found', 'nothing at this address', { reason: 'path' });
}
