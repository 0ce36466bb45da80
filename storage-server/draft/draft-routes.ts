import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MailError } from '../../common/errors.ts';
import { ATTACHMENT_LIMITS } from '../../common/shapes/draft.ts';
import type { Caller } from '../../server-kit/auth/caller.ts';
import type { Route, RouteRequest } from '../../server-kit/http/server.ts';
import { FILE_HEADERS } from '../file-headers.ts';
import type { Viewer } from '../view/make-viewer.ts';
import { drawFile } from '../view/open-view.ts';
import { demandSave, maySave } from '../view/save-rule.ts';
import type { Drafts } from './drafts.ts';

const ONE = /^\/draft\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/attachment\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})$/;
const PATH = /^\/draft\/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\/attachment$/;
/** What a client shows in the text. */
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/;
/** What is left of a refused body is read up to here, so that the client gets the answer instead of a broken line: a body is seldom much too large. */
const DRAIN_BYTES = 2 * ATTACHMENT_LIMITS.totalBytes;
const DRAIN_MS = 20_000;
/** A body of which nothing comes for so long is given up. */
const STALL_MS = 60_000;

interface DraftRoutesCore {
  drafts: Pick<Drafts, 'upload' | 'uploadOffset' | 'openAttachment'>;
  viewer: Viewer;
}

/**
 * POST /draft/ID/attachment?name=N&type=T: the body is the file, or with Upload-Key, Upload-Offset
 * and Upload-Length a piece of it. 200 with the DraftAttachment when all is there, else 202 with
 * Upload-Offset. HEAD with Upload-Key tells Upload-Offset. GET /draft/ID/attachment/ATTACHMENT: its bytes, or where a lab session may not have
 * them, a picture drawn anew.
 */
export function makeDraftRoutes({ drafts, viewer }: DraftRoutesCore): Route[] {
  return [
    {
      method: 'GET',
      path: ONE,
      handle: async (request) => await giveAttachment({ drafts, viewer }, request),
    },
    { method: 'POST', path: PATH, handle: async (request) => await takePiece(drafts, request) },
    { method: 'HEAD', path: PATH, handle: async (request) => await tellOffset(drafts, request) },
  ];
}

async function takePiece(drafts: Pick<Drafts, 'upload'>, request: RouteRequest): Promise<void> {
  const { req, res, url, match } = request;
  endStalled(req);
  try {
    const key = readKey(req);
    const length = readNumber(req, 'content-length');
    const result = await drafts.upload(demandUser(request.caller), {
      draft: match[1]!,
      name: (url.searchParams.get('name') ?? '').slice(0, 500),
      type: (url.searchParams.get('type') ?? '').slice(0, 200),
      key,
      offset: readNumber(req, 'upload-offset') ?? 0,
      total: readNumber(req, 'upload-length') ?? (key === null ? length : null),
      body: req,
    });
    // A repeated last request is answered from what is known, its body unread.
    await drain(req);
    if ('done' in result) answer(res, 200, result.done);
    else answer(res, 202, result, { 'upload-offset': String(result.offset) });
  } catch (error) {
    await drain(req);
    throw error;
  }
}

/** For who writes it: shown in the text, or kept as a file. A browser is never led to run it. */
async function giveAttachment(
  { drafts, viewer }: Pick<DraftRoutesCore, 'viewer'> & { drafts: Pick<Drafts, 'openAttachment'> },
  { caller, match, res }: RouteRequest,
): Promise<void> {
  const user = demandUser(caller);
  const file = await drafts.openAttachment(user, match[1]!, match[2]!);
  const isPicture = PICTURE.test(file.type);
  if (isPicture && caller.kind === 'user' && !maySave(caller, file.type)) {
    const key = JSON.stringify([user, 'draft', match[1], match[2]]);
    const drawn = await drawFile(viewer, user, { key, size: file.size, open: () => file.open() });
    res.writeHead(200, describe('image/webp', drawn.length));
    res.end(drawn);
    return;
  }
  demandSave(caller, file.type);
  res.writeHead(200, describe(isPicture ? file.type : 'application/octet-stream', file.size));
  await pipeline(Readable.from(file.open()), res);
}

function describe(type: string, size: number): Record<string, string> {
  return {
    ...FILE_HEADERS,
    'content-type': type,
    'content-length': String(size),
    'content-disposition': 'attachment',
  };
}

async function tellOffset(drafts: Pick<Drafts, 'uploadOffset'>, request: RouteRequest): Promise<void> {
  const key = readKey(request.req);
  if (key === null) throw new MailError('invalid', 'Upload-Key is missing', { field: 'Upload-Key' });
  const offset = await drafts.uploadOffset(demandUser(request.caller), request.match[1]!, key);
  request.res.writeHead(200, { 'upload-offset': String(offset), 'cache-control': 'no-store' });
  request.res.end();
}

function answer(
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  res.end(JSON.stringify(value));
}

export function demandUser(caller: Caller): string {
  if (caller.kind === 'user') return caller.user;
  throw new MailError('forbidden', 'only users may do this');
}

function readKey(req: IncomingMessage): string | null {
  const key = req.headers['upload-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new MailError('invalid', 'Upload-Key has 1 to 200 visible characters', { field: 'Upload-Key' });
  }
  return key;
}

function readNumber(req: IncomingMessage, name: string): number | null {
  const text = req.headers[name];
  if (text === undefined) return null;
  const value = typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new MailError('invalid', `${name} is not a number`, { field: name });
  return value;
}

/** Ends a request whose sender fell silent, so that it holds neither a lock nor a socket. */
export function endStalled(req: IncomingMessage): void {
  req.on('error', () => undefined);
  req.setTimeout(STALL_MS, () => req.destroy(new MailError('timeout', 'the upload stalled')));
}

/** Reads what is left of the body into nothing, within limits. */
export async function drain(req: IncomingMessage): Promise<void> {
  if (req.complete || req.destroyed) return;
  await new Promise<void>((resolve) => {
    let left = DRAIN_BYTES;
    const timer = setTimeout(resolve, DRAIN_MS);
    const finish = (): void => {
      clearTimeout(timer);
      resolve();
    };
    req.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) finish();
    });
    req.once('end', finish).once('close', finish).once('error', finish);
    // Whoever read piece by piece and gave up left this behind, and nothing would flow.
    req.removeAllListeners('readable');
    req.resume();
  });
}
