import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { Route, RouteRequest } from '../../server-kit/http/server.ts';
import type { StorageCore } from '../context.ts';
import { demandUser, drain, endStalled } from '../draft/draft-routes.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import type { Search } from '../search/search.ts';
import { demandSave } from '../view/save-rule.ts';
import { writeArchive } from './archive/write-archive.ts';
import { listExported, type ExportChoice } from './list-exported.ts';
import { LostMails } from './lost-mails.ts';
import { writeMbox } from './mbox/write-mbox.ts';
import { makeSpoolPlace, type SpoolPlace } from './message-spool.ts';
import { readImport } from './read-import.ts';
import { runImport } from './run-import.ts';
import { READABLE } from './readable-names.ts';

export type TransferCore = StorageCore & { search: Pick<Search, 'findNumbers'> };

const exportQuery = z.object({
  format: z.enum(['mbox', 'eml', 'archive']),
  mailbox: z.string().min(1).max(1000).nullable(),
  query: z.string().min(1).max(1000).nullable(),
});
const importQuery = z.object({
  name: z.string().max(1000),
  mailbox: z.string().min(1).max(1000).nullable(),
});

/**
 * GET /export?format=mbox|eml|archive[&mailbox=M][&query=Q]: an mbox, or a tar (docs/transfer.md); how much it was, and what was passed over, stands in trailers. POST /import?name=N
 * [&mailbox=M] with the bytes of what is imported: `{mails, bytes, there, skipped, skippedCount}` when all is durable.
 */
export async function makeTransferRoutes(core: TransferCore): Promise<Route[]> {
  const place = await makeSpoolPlace(core.dataDir);
  return [
    { method: 'GET', path: /^\/export$/, handle: async (request) => await sendExport(core, request) },
    { method: 'POST', path: /^\/import$/, handle: async (request) => await takeImport(core, place, request) },
  ];
}

async function sendExport(core: TransferCore, { res, url, caller, req }: RouteRequest): Promise<void> {
  const user = demandUser(caller);
  const { format, mailbox, query } = readQuery(exportQuery, url);
  const type = format === 'mbox' ? 'application/mbox' : 'application/x-tar';
  demandSave(caller, type);
  const choice: ExportChoice = {
    mailbox: mailbox === null ? null : (await core.home.findMailbox(user, mailbox)).id,
    found: query === null ? null : new Set(await core.search.findNumbers(user, query)),
  };
  const count = { mails: 0, bytes: 0 };
  const pages = countPages(listExported(core, user, choice), count);
  res.writeHead(200, {
    trailer: 'X-Valija-Mails, X-Valija-Bytes, X-Valija-Skipped, X-Valija-Skipped-Count',
    'content-type': type,
    'content-disposition': `attachment; filename="valija.${format === 'mbox' ? 'mbox' : 'tar'}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (req.method === 'HEAD') return void res.end();
  const lost = new LostMails();
  const bytes =
    format === 'mbox'
      ? writeMbox(core, user, pages, lost.add)
      : writeArchive(core, user, pages, {
          ...(format === 'eml' ? { names: READABLE } : {}),
          onLost: lost.add,
        });
  try {
    await pipeline(Readable.from(bytes, { objectMode: false }), res, { end: false });
    if (lost.count > 0) core.log.warn('export.skipped', { mails: lost.count });
    res.addTrailers({
      'X-Valija-Mails': String(count.mails - lost.count),
      'X-Valija-Bytes': String(count.bytes - lost.bytes),
      'X-Valija-Skipped': JSON.stringify(lost.named),
      'X-Valija-Skipped-Count': String(lost.count),
    });
    res.end();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // The reader went away.
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET' && code !== 'EPIPE') throw error;
  }
}

async function* countPages(
  pages: AsyncIterable<MailRecord[]>,
  count: { mails: number; bytes: number },
): AsyncGenerator<MailRecord[], void, undefined> {
  for await (const page of pages) {
    for (const { size } of page) {
      count.mails += 1;
      count.bytes += size;
    }
    yield page;
  }
}

async function takeImport(core: TransferCore, place: SpoolPlace, request: RouteRequest): Promise<void> {
  const { req, res, url, caller } = request;
  endStalled(req);
  try {
    const user = demandUser(caller);
    const { name, mailbox } = readQuery(importQuery, url);
    const target = mailbox === null ? null : (await core.home.findMailbox(user, mailbox)).id;
    const findings = readImport(req, { place, name, now: core.clock.now() });
    const result = await runImport(core, user, findings, { mailbox: target, replace: false });
    await drain(req);
    res.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    res.end(JSON.stringify(result));
  } catch (error) {
    if (error instanceof MailError) {
      await drain(req);
      throw error;
    }
    if (req.complete) throw error;
    throw new MailError('dropped', 'the sender went away', { cause: error });
  }
}

function readQuery<Shape extends z.ZodType>(shape: Shape, { searchParams }: URL): z.infer<Shape> {
  const read = (name: string): string | null => searchParams.get(name);
  const parsed = shape.safeParse({
    format: read('format'),
    mailbox: read('mailbox'),
    query: read('query'),
    name: read('name') ?? '',
  });
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new MailError('invalid', `${field} is not valid`, { field });
}
