import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { namePart } from '../../common/compose/name-part.ts';
import { MailError } from '../../common/errors.ts';
import type { Trust } from '../../server-kit/auth/trust.ts';
import type { Route, RouteRequest } from '../../server-kit/http/server.ts';
import { FILE_HEADERS } from '../file-headers.ts';
import { demandSave } from '../view/save-rule.ts';
import { readRange } from './show/byte-range.ts';
import type { MailBytes, Mails } from './mails.ts';
import type { SignedFor, UrlSigner } from './signed-url.ts';

interface RouteCore {
  mails: Mails;
  signer: UrlSigner;
  trust: Pick<Trust, 'isLive' | 'onRevoked'>;
}

/** A file as it is offered to the browser. */
interface Download {
  bytes: MailBytes;
  /** As its sender named it. */
  declared: string;
  type: string;
  name: string;
}

/** GET /mail/ID/raw[?account=A] and /mail/ID/part/N, by bearer token or signed URL. */
export function makeMailRoutes(core: RouteCore): Route[] {
  const route = (path: RegExp, find: (user: string, request: RouteRequest) => Promise<Download>): Route => ({
    method: 'GET',
    path,
    // A signed URL stands in for the token.
    open: true,
    handle: async (request) => {
      const { user, session } = identify(core, request);
      const download = await find(user, request);
      // A signed address was refused or given where it was made.
      demandSave(request.caller, download.declared);
      await send(core, { user, session }, request, download);
    },
  });
  return [
    route(/^\/mail\/([\w-]{1,64})\/raw$/, async (user, { match, url }) => {
      const id = match[1] ?? '';
      const bytes = await core.mails.openRaw(user, id, url.searchParams.get('account'));
      const type = 'message/rfc822';
      return { bytes, declared: type, type, name: `${id}.eml` };
    }),
    route(/^\/mail\/([\w-]{1,64})\/part\/([\d.]{1,100})$/, async (user, { match }) => {
      const bytes = await core.mails.openPart(user, match[1] ?? '', match[2] ?? '');
      const { type } = bytes.part;
      return { bytes, declared: type, type: chooseType(type), name: namePart(bytes.part) };
    }),
  ];
}

function identify(core: RouteCore, { caller, url, req }: RouteRequest): SignedFor {
  if (caller.kind === 'user') return { user: caller.user, session: caller.session };
  const signed = core.signer.check(url, req.headers.range !== undefined);
  if (signed === null) throw new MailError('not-signed-in', 'sign in first');
  if (!core.trust.isLive(signed.session, signed.user)) {
    throw new MailError('not-signed-in', 'session was ended', { reason: 'session-ended' });
  }
  return signed;
}

/** What a browser would run is sent as bytes: never HTML or SVG inline. */
function chooseType(type: string): string {
  return /html|svg|xml|script|pdf|multipart|x-mixed-replace/.test(type) ? 'application/octet-stream' : type;
}

async function send(
  core: RouteCore,
  caller: SignedFor,
  { req, res }: RouteRequest,
  { bytes, type, name }: Download,
): Promise<void> {
  const headers: Record<string, string> = {
    ...FILE_HEADERS,
    'accept-ranges': 'bytes',
    etag: bytes.etag,
    'content-disposition': `attachment; filename="${plainName(name)}"; filename*=UTF-8''${extendedName(name)}`,
    'content-type': type,
  };
  if (matches(req.headers['if-none-match'], bytes.etag)) {
    res.writeHead(304, headers).end();
    return;
  }
  const wanted = rangeHolds(req, bytes.etag) ? readRange(req.headers.range, bytes.size) : null;
  if (wanted === 'unsatisfiable') {
    res.writeHead(416, { ...headers, 'content-range': `bytes */${bytes.size}` }).end();
    return;
  }
  const { start, end } = wanted ?? { start: 0, end: bytes.size };
  headers['content-length'] = String(end - start);
  if (wanted !== null) headers['content-range'] = `bytes ${start}-${end - 1}/${bytes.size}`;
  res.writeHead(wanted === null ? 200 : 206, headers);
  if (req.method === 'HEAD' || start === end) res.end();
  else await stream(core, caller, res, bytes.open(start, end));
}

/** A download ends with its session, also where a signed URL opened it. */
async function stream(
  core: RouteCore,
  caller: SignedFor,
  res: ServerResponse,
  source: NodeJS.ReadableStream,
): Promise<void> {
  const unsubscribe = core.trust.onRevoked(({ kind, id }) => {
    if ((kind === 'session' && id === caller.session) || (kind === 'user' && id === caller.user)) {
      res.destroy();
    }
  });
  try {
    await pipeline(source, res);
  } catch (error) {
    // The reader went away: nothing is wrong with the mail.
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
  } finally {
    unsubscribe();
  }
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}

/** If-Range (RFC 9110 13.1.5): a part is of use only beside the rest of the same bytes. */
function rangeHolds(req: IncomingMessage, etag: string): boolean {
  const condition = req.headers['if-range'];
  return condition === undefined || condition === etag;
}

function plainName(name: string): string {
  return name.replace(/[^\w.()+ -]/g, '_').slice(0, 150);
}

function extendedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
