import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { MailError } from '../../../common/errors.ts';
import type { PartNode } from '../../mime/part.ts';
import { Base64Decoder, decodeQuotedPrintable } from '../../mime/transfer.ts';
import type { MailCore } from '../mail-core.ts';
import type { MailRecord } from '../mail-record.ts';
import type { MailBytes, PartBytes } from '../mails.ts';
import { findMails, readOriginals } from '../mail-store.ts';
import { readStructure, toMailPart } from './read-structure.ts';

type Blobs = MailCore['blobs'];

export async function findMail(core: MailCore, user: string, id: string): Promise<MailRecord> {
  const [record] = await findMails(core.db.read, user, [core.ids.read(user, id)]);
  if (record === undefined) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
  return record;
}

/** The exact bytes received. */
export async function openRawMail(
  core: MailCore,
  user: string,
  id: string,
  account: string | null,
): Promise<MailBytes> {
  const mail = await findMail(core, user, id);
  const originals = account === null ? [mail] : await readOriginals(core.db.read, user, mail.id);
  const original =
    account === null ? mail : originals.find((one) => 'account' in one && one.account === account);
  if (original === undefined) {
    throw new MailError('not-found', 'the mail did not come through this account', { reason: 'account' });
  }
  const { header, body, size } = original;
  const headerBytes = await core.blobs.read(header);
  return {
    size,
    etag: makeEtag(header, body, 'raw'),
    open: (start, end) =>
      Readable.from(concatenate(core.blobs, { headerBytes, body }, start, end), { objectMode: false }),
  };
}

async function* concatenate(
  blobs: Blobs,
  raw: { headerBytes: Buffer; body: string },
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const { length } = raw.headerBytes;
  if (start < length) yield raw.headerBytes.subarray(start, Math.min(end, length));
  if (end > length) yield* blobs.open(raw.body, Math.max(0, start - length), end - length);
}

/** One part, decoded from its transfer encoding; `1` of a mail of one part is its body. */
export async function openMailPart(
  core: MailCore,
  user: string,
  id: string,
  part: string,
): Promise<PartBytes> {
  const mail = await findMail(core, user, id);
  const { leaves, sizes } = await readStructure(core.blobs, mail);
  const index = leaves.findIndex((leaf) => leaf.id === part);
  const node = leaves[index];
  if (node === undefined) throw new MailError('not-found', 'no such part', { reason: 'part' });
  const size = sizes[index] ?? 0;
  return {
    part: toMailPart(node, size),
    size,
    etag: makeEtag(mail.header, mail.body, part),
    open: (start, end) =>
      Readable.from(cutRange(decodePart(core.blobs, mail.body, node), start, end), { objectMode: false }),
  };
}

/** Decoded bytes of a part, in pieces; `most` encoded bytes are looked at. */
export async function* decodePart(
  blobs: Pick<Blobs, 'open'>,
  body: string,
  node: PartNode,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<Buffer> {
  const encoded = blobs.open(body, node.start, Math.min(node.end, node.start + most));
  if (node.encoding === 'identity') {
    yield* encoded;
    return;
  }
  if (node.encoding === 'quoted-printable') {
    const pieces: Buffer[] = [];
    for await (const piece of encoded) pieces.push(piece);
    yield decodeQuotedPrintable(Buffer.concat(pieces));
    return;
  }
  const decoder = new Base64Decoder();
  for await (const piece of encoded) yield decoder.push(piece);
  yield decoder.end();
}

async function* cutRange(pieces: AsyncIterable<Buffer>, start: number, end: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of pieces) {
    const cut = piece.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += piece.length;
    if (cut.length > 0) yield cut;
    if (at >= end) return;
  }
}

/** Says nothing of the blob ids, which never leave the server. */
function makeEtag(header: string, body: string, part: string): string {
  const hash = createHash('sha256').update(`${header}/${body}/${part}`).digest('base64url');
  return `"${hash.slice(0, 22)}"`;
}
