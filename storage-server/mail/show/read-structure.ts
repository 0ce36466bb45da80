import type { MailPart } from '../../../common/shapes/mail.ts';
import type { BlobStore } from '../../blob/blob-store.ts';
import { type HeaderFields, parseHeaders } from '../../mime/headers.ts';
import type { ProblemCode } from '../../mime/limits.ts';
import { listLeaves, type PartNode } from '../../mime/part.ts';
import { StructureScanner } from '../../mime/structure.ts';
import { readAhead } from './read-ahead.ts';
import { countBase64, decodeQuotedPrintable, sizeBase64 } from '../../mime/transfer.ts';

export interface MailStructure {
  headers: HeaderFields;
  root: PartNode;
  leaves: PartNode[];
  /** Decoded bytes of each leaf. */
  sizes: number[];
  problem: ProblemCode | null;
}

/** Structures are small and asked for again at once: by `show`, then for each picture and file. */
const MOST_KEPT = 100;
const caches = new WeakMap<BlobStore, Map<string, Promise<MailStructure>>>();

/** The structure of a stored mail; its body is read piece by piece, whatever its size. */
export async function readStructure(
  blobs: BlobStore,
  mail: { header: string; body: string; size: number },
): Promise<MailStructure> {
  let cache = caches.get(blobs);
  if (cache === undefined) caches.set(blobs, (cache = new Map()));
  const key = `${mail.header}/${mail.body}`;
  const known = cache.get(key);
  if (known !== undefined) return await known;
  const reading = loadStructure(blobs, mail);
  cache.set(key, reading);
  reading.catch(() => cache.delete(key));
  const oldest = cache.size > MOST_KEPT ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  return await reading;
}

async function loadStructure(
  blobs: BlobStore,
  mail: { header: string; body: string; size: number },
): Promise<MailStructure> {
  const header = await blobs.read(mail.header);
  const headers = parseHeaders(header);
  const scanner = new StructureScanner(headers);
  const bodySize = mail.size - header.length;
  for await (const piece of blobs.open(mail.body, 0, bodySize)) scanner.push(piece);
  const root = scanner.end();
  const leaves = listLeaves(root);
  const sizes: number[] = [];
  const ahead = readAhead(blobs);
  for (const leaf of leaves) sizes.push(await measurePart(ahead, mail.body, leaf));
  return { headers, root, leaves, sizes, problem: scanner.problem };
}

async function measurePart(blobs: Pick<BlobStore, 'open'>, body: string, part: PartNode): Promise<number> {
  if (part.encoding === 'identity') return part.end - part.start;
  if (part.encoding === 'base64') {
    let characters = 0;
    for await (const piece of blobs.open(body, part.start, part.end)) characters += countBase64(piece);
    return sizeBase64(characters);
  }
  const pieces: Buffer[] = [];
  for await (const piece of blobs.open(body, part.start, part.end)) pieces.push(piece);
  return decodeQuotedPrintable(Buffer.concat(pieces)).length;
}

export function toMailPart(part: PartNode, size: number): MailPart {
  const { id, type, charset, name, disposition, contentId } = part;
  return { id, type, charset, name, size, disposition, contentId };
}
